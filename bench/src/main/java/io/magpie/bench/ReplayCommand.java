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
import java.util.List;

/// `./magpie replay`.
final class ReplayCommand {
    static final String HELP = """
            ./magpie replay FILE… [options]
              Plays chat logs (lines `[12:34] <nick> text`) through a server and compares what arrived: each file a
              group, each nick a user with a live connection, all files side by side; and two more members per group
              who are offline until it is over.

              --server URL         a running server's HTTP address; otherwise one is started on a temporary folder
              --jwt-secret TEXT    its auth.jwt.secret
              --set KEY=VALUE      for the server that is started; repeatable
            Status 0 only if nothing is missing, nothing came twice, nothing came out of order.
            """;

    private final Options options;
    private final Terminal terminal;
    private final PrintStream out;

    ReplayCommand(List<String> arguments, Terminal terminal, PrintStream out) {
        this.options = new Options(arguments, ServerChoice.OPTIONS);
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
        try (Magpie server = new ServerChoice(options, work).open();
                Replay replay = new Replay(server, terminal::progress)) {
            ReplayResult result = replay.run(logs);
            terminal.progress("");
            out.println(result);
            return result.clean() ? 0 : 1;
        } finally {
            TemporaryFolder.delete(work);
        }
    }
}
