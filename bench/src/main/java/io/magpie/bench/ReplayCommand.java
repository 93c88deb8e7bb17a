package io.magpie.bench;

import io.magpie.bench.replay.ChatLog;
import io.magpie.bench.replay.Replay;
import io.magpie.bench.replay.ReplayResult;
import io.magpie.bench.target.Magpie;
import io.magpie.cluster.command.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `./magpie replay`.
final class ReplayCommand {
    static final String HELP = """
            ./magpie replay FILE… [options]
              Plays chat logs (lines `[12:34] <nick> text`) through a server and compares what arrived: each file a
              group, each nick a user with a live connection, all files side by side; and two more members per group
              who are offline until it is over.

              --server URL         a running server's HTTP address; otherwise one is started on a temporary folder
              --websocket URL      repeatable, with --server: the nodes of its cluster, as in ws://127.0.0.1:7101/ws;
                                   people are spread over them, and who loses a node goes to the next
              --jwt-secret TEXT    its auth.jwt.secret
              --set KEY=VALUE      for the server that is started; repeatable
            Status 0 only if nothing is missing, nothing came twice, nothing came out of order.
            """;

    private final Options options;
    private final Terminal terminal;
    private final PrintStream out;

    ReplayCommand(List<String> arguments, Terminal terminal, PrintStream out) {
        Set<String> known = new HashSet<>(ServerChoice.OPTIONS);
        known.add(ServerChoice.WEBSOCKET);
        this.options = new Options(arguments, known);
        this.terminal = terminal;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        List<ChatLog> logs = new ArrayList<>();
        for (String file : options.words()) {
            logs.add(ChatLog.read(Path.of(file)));
        }
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("files: none (expected: at least one; see --help)");
        }
        Path work = Files.createTempDirectory("magpie-replay");
        terminal.progress("starting magpie");
        List<Magpie> servers = List.of();
        try {
            servers = new ServerChoice(options, work).open();
            try (Replay replay = new Replay(servers, terminal::progress)) {
                ReplayResult result = replay.run(logs);
                terminal.progress("");
                out.println(result);
                return result.clean() ? 0 : 1;
            }
        } finally {
            servers.forEach(Magpie::close);
            TemporaryFolder.delete(work);
        }
    }
}
