package io.magpie.bench;

import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Round;
import io.magpie.bench.load.Scenario;
import io.magpie.bench.report.Comparison;
import io.magpie.bench.target.Reference;
import io.magpie.bench.target.Server;
import io.magpie.bench.wire.WsClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// `./magpie bench`: rounds of one scenario on Magpie and on the references in turn, medians, ratios.
final class BenchCommand {
    static final String HELP = """
            ./magpie bench SCENARIO [options]
              Measures Magpie and, in turn on the same machine, servers to compare with.

            Scenarios
              one-to-one   users in pairs; each keeps --window messages unacknowledged
              fanout       one group; --senders of its --users write
              rate         users in pairs, --rate messages per second; latency counts from when a message was due

            Options
              --users N            users, each with a connection (1000; fanout 500)
              --window N           messages under way per sender (4)
              --senders N          of fanout (5)
              --rate N             of rate, messages per second (5000)
              --size N             bytes of text (100)
              --seconds N          measured per round (10)
              --warm-seconds N     before that, in each round (5)
              --rounds N           (3)
              --loops N            event loops of the load (2)
              --references A,B     relay, netty-socketio; both store nothing (none)
              --only-references    no Magpie
              --server URL         a running server's HTTP address; otherwise one is started on a temporary folder
              --pid N              its process, to measure cost
              --jwt-secret TEXT    its auth.jwt.secret
              --set KEY=VALUE      for the server that is started; repeatable
              --json FILE          every round, for programs
            A message lost, doubled, out of order or refused ends with status 1.
            """;
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(
                            "users",
                            "window",
                            "senders",
                            "rate",
                            "size",
                            "seconds",
                            "warm-seconds",
                            "rounds",
                            "loops",
                            "references",
                            "json"),
                    ServerChoice.OPTIONS.stream())
            .collect(java.util.stream.Collectors.toUnmodifiableSet());

    /// Longer than a server may take to repair itself.
    private static final int QUIET_SECONDS = 35;

    private final Options options;
    private final boolean onlyReferences;
    private final Terminal terminal;
    private final PrintStream out;

    BenchCommand(List<String> arguments, Terminal terminal, PrintStream out) {
        this.onlyReferences = arguments.contains("--only-references");
        this.options = new Options(
                arguments.stream().filter(a -> !a.equals("--only-references")).toList(), KNOWN);
        this.terminal = terminal;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        if (options.words().size() != 1) {
            throw new IllegalArgumentException("scenario: " + options.words() + " (expected: one; see --help)");
        }
        String name = options.words().getFirst();
        Scenario scenario = scenario(name);
        int users = options.number("users", name.equals("fanout") ? 500 : 1000, 2, 100_000);
        if (users % 2 == 1) {
            throw new IllegalArgumentException("--users: " + users + " (expected: an even number)");
        }
        int rounds = options.number("rounds", 3, 1, 1000);
        String title = name + ", " + users + " users, " + scenario + ", " + options.number("size", 100, 40, 8192)
                + "-byte text, " + rounds + " rounds of " + options.number("seconds", 10, 1, 86_400) + " s";
        terminal.line(title);
        Comparison comparison = new Comparison(title, measure(scenario, users, rounds));
        out.println(comparison);
        String json = options.text("json");
        if (json != null) {
            Files.writeString(Path.of(json), comparison.json());
        }
        return comparison.clean() ? 0 : 1;
    }

    private Scenario scenario(String name) {
        int window = options.number("window", 4, 1, 10_000);
        return switch (name) {
            case "one-to-one" -> new Scenario.Pairs(window);
            case "fanout" -> new Scenario.Group(options.number("senders", 5, 1, 1000), window);
            case "rate" -> new Scenario.Rate(options.number("rate", 5000, 1, 1_000_000));
            default ->
                throw new IllegalArgumentException(
                        "scenario: " + name + " (expected: one-to-one, fanout or rate; see --help)");
        };
    }

    private Map<String, List<Measured>> measure(Scenario scenario, int users, int rounds)
            throws IOException, InterruptedException {
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        Path work = Files.createTempDirectory("magpie-bench");
        List<Server> servers = new ArrayList<>();
        try (WsClient client = new WsClient(options.number("loops", 2, 1, 64))) {
            start(servers, work);
            for (int round = 0; round < rounds; round++) {
                for (Server server : servers) {
                    Round.Plan plan = new Round.Plan(
                            users,
                            options.number("size", 100, 40, 8192),
                            options.number("warm-seconds", 5, 0, 3600),
                            options.number("seconds", 10, 1, 86_400),
                            QUIET_SECONDS,
                            round * servers.size() + servers.indexOf(server) + 1);
                    String where = server.name() + ", round " + (round + 1) + "/" + rounds + ": ";
                    Measured measured = scenario.run(
                            server.subject(plan.run()), plan, client, text -> terminal.progress(where + text));
                    terminal.line(where + Comparison.brief(measured));
                    results.computeIfAbsent(server.name(), _ -> new ArrayList<>())
                            .add(measured);
                }
            }
        } finally {
            servers.forEach(Server::close);
            TemporaryFolder.delete(work);
        }
        return results;
    }

    private void start(List<Server> servers, Path work) throws IOException, InterruptedException {
        if (!onlyReferences) {
            terminal.progress("starting magpie");
            servers.add(new ServerChoice(options, work).open());
        }
        for (String reference : options.text("references", "").split(",", -1)) {
            if (!reference.isBlank()) {
                terminal.progress("starting " + reference);
                servers.add(Reference.start(reference, work));
            }
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("--references: none (expected: some of " + Reference.names() + ")");
        }
    }
}
