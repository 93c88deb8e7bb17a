package io.magpie.bench;

import io.magpie.bench.report.Comparison;
import io.magpie.bench.report.HtmlReport;
import io.magpie.bench.report.Machine;
import io.magpie.bench.report.Result;
import io.magpie.bench.report.Run;
import io.magpie.bench.wire.LoadClient;
import io.magpie.cluster.command.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `./magpie bench`: rounds of one scenario, or of all, on Magpie and on the references in turn; medians, ratios.
final class BenchCommand {
    static final String HELP = """
            ./magpie bench SCENARIO [options]     measure one scenario
            ./magpie bench all [options]          measure all of them, with their references; half an hour
            ./magpie bench report FILE… [--markdown FILE] [--html FILE]
                                                  write up what --json kept
            ./magpie bench jmh [PATTERN] [JMH OPTION…]
                                                  microbenchmarks: codecs, append, fan-out, unread
              Measures Magpie and, in turn on the same machine, servers to compare with. Each server is started once and
              warmed up; only what comes after counts, for all of them alike.

            Scenarios
              one-to-one   users in pairs; each keeps --window messages under way
              rate         users in pairs, --rate messages per second; latency counts from when a message was due
              fanout       one group; --senders of its --users write
              idle         silent connections, more and more: memory for each
              login        connect, log in, ask what changed, leave; --window of them at a time
              backlog      50 entries stored for each of --users while away, who then all come at once
              mixed        a day: direct and group messages, reading, typing, going and coming; --rate actions per second
              start        from start to ready, against a bare Spring Boot web application

            Options
              --users N            users, each with a connection (1000; fanout 500; idle 16000; backlog, mixed 200)
              --devices N          connections of each user (1)
              --window N           messages under way per sender (4), logins under way (64)
              --senders N          of fanout (5)
              --rate N             of rate, messages (5000), of mixed, actions (2000) per second
              --groups N           each user is a member of (idle 20, login 5)
              --size N             bytes of text (100)
              --seconds N          measured per round (10)
              --warm-seconds N     before that, in each round (3)
              --first-warm N       before that, in a server's first round, until its code is compiled (15)
              --rounds N           (3; idle 1)
              --loops N            event loops of the load (2)
              --transport A,B      json, protobuf, tcp, socketio; several are compared (json)
              --references A,B     relay, netty-socketio, socketio (Node): relays that store nothing; ejabberd: with its
                                   archive on. What is missing of them is installed. (none)
              --only-references    no Magpie
              --fresh              login: devices that hold nothing and list all conversations
              --stored N           compare with a server that holds N entries already
              --kill               SIGKILL in the middle; nothing acknowledged may be lost or doubled. Magpie only
              --server URL         a running server's HTTP address; otherwise one is started on a temporary folder
              --pid N              its process, to measure cost
              --jwt-secret TEXT    its auth.jwt.secret; without it the users register and log in over HTTP
              --set KEY=VALUE      for the server that is started; repeatable
              --quick              all: a tenth of the time; to try it, not to quote it
              --json FILE          every round, for programs and for `report`
              --html FILE          a page with plots
            A message lost, doubled, out of order or refused ends with status 1.
            """;
    static final Set<String> KNOWN = Stream.concat(
                    Stream.of(
                            "users",
                            "devices",
                            "window",
                            "senders",
                            "rate",
                            "groups",
                            "size",
                            "seconds",
                            "warm-seconds",
                            "first-warm",
                            "rounds",
                            "loops",
                            "transport",
                            "references",
                            "stored",
                            "json",
                            "html"),
                    ServerChoice.OPTIONS.stream())
            .collect(Collectors.toUnmodifiableSet());
    static final Set<String> FLAGS = Set.of("only-references", "fresh", "kill", "quick");

    private static final Set<String> HERE = Set.of("--jwt-secret", "--json", "--html", "--magpie", "--pid");

    private final List<String> arguments;
    private final Options options;
    private final Terminal terminal;
    private final PrintStream out;

    BenchCommand(List<String> arguments, Terminal terminal, PrintStream out) {
        this.arguments = arguments;
        this.options = new Options(arguments, KNOWN, FLAGS);
        this.terminal = terminal;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        if (options.words().size() != 1) {
            throw new IllegalArgumentException("scenario: " + options.words() + " (expected: one; see --help)");
        }
        Path work = Files.createTempDirectory("magpie-bench");
        try (LoadClient client = new LoadClient(options.number("loops", 2, 1, 64))) {
            ServerChoice choice = new ServerChoice(options, work);
            String name = options.words().getFirst();
            List<Job> jobs = name.equals("all")
                    ? new Suite(options, choice).jobs()
                    : List.of(new Scenarios(options, choice).job(name));
            return run(jobs, client, work);
        } finally {
            TemporaryFolder.delete(work);
        }
    }

    private int run(List<Job> jobs, LoadClient client, Path work) throws IOException, InterruptedException {
        String began = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Machine machine = Machine.here();
        List<Result> results = new ArrayList<>();
        boolean failed = false;
        for (Job job : jobs) {
            try {
                Result result = job.run(client, work, terminal);
                terminal.progress("");
                out.println(new Comparison(result));
                results.add(result);
            } catch (IllegalStateException | UncheckedIOException e) {
                // One that cannot be measured does not take the others with it.
                failed = true;
                terminal.line("FAILED: " + e.getMessage());
            }
            write(new Run(began, "./magpie bench " + String.join(" ", shown(arguments)), machine, results));
        }
        return failed || !results.stream().allMatch(Result::clean) ? 1 : 0;
    }

    /// Without secrets, and without where things lie on this machine.
    private static List<String> shown(List<String> arguments) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (HERE.contains(argument)) {
                i++;
            } else if (HERE.stream().noneMatch(name -> argument.startsWith(name + "="))) {
                shown.add(argument);
            }
        }
        return shown;
    }

    private void write(Run run) throws IOException {
        String json = options.text("json");
        if (json != null) {
            Files.writeString(Path.of(json), run.json());
        }
        String html = options.text("html");
        if (html != null) {
            Files.writeString(Path.of(html), new HtmlReport(List.of(run)).toString());
        }
    }
}
