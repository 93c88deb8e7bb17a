package io.magpie.bench;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.fault.Nemesis;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.report.Html;
import io.magpie.bench.verify.report.JsonLines;
import io.magpie.bench.verify.report.Text;
import io.magpie.bench.verify.run.Verification;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.Launch;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.cluster.command.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// `./magpie verify`.
final class VerifyCommand {
    static final String HELP = """
            ./magpie verify [options]
              Starts nodes and engines, lets people chat on them while faults happen, and checks in the history of all
              their devices that every promise was kept. Needs nothing running; ends everything it started.

              --nodes N          1 stands on SQLite, more on MariaDB and Redis unless told otherwise (default: 3)
              --store NAME       sqlite, mysql, postgresql
              --bus NAME         local, redis, kafka, rabbitmq, rocketmq
              --directory NAME   local, redis, hash
              --registry NAME    local, redis, zookeeper
              --minutes M        how long faults come, as in 10 or 0.5 (default: 2); every kind comes at least once
              --faults LIST      of %s
                                 (default: all that the topology can suffer; none for no faults)
              --seed N           chooses faults and what people do (default: by chance; it is printed)
              --users N          (default: 8)        --devices N   of each user (default: 3)
              --groups N         (default: 4)        --pace MS     between what one device does (default: 250)
              --set KEY=VALUE    for every node; repeatable
              --previous FOLDER  another version, built by its own ./magpie: every second node is started from there
              --report FILE      the page with plots (default: ./verify.html)
              --history FILE     everything that happened, one JSON object per line
              --folder FOLDER    for data and logs, kept (default: a temporary one, kept if there is a violation)
            Status 0 only if there was no violation.
            """.formatted(Fault.ids());

    private static final Set<String> KNOWN = Set.of(
            "nodes",
            "store",
            "bus",
            "directory",
            "registry",
            "minutes",
            "faults",
            "seed",
            "users",
            "devices",
            "groups",
            "pace",
            "set",
            "previous",
            "report",
            "history",
            "folder");

    private final Options options;
    private final Terminal terminal;
    private final PrintStream out;

    VerifyCommand(List<String> arguments, Terminal terminal, PrintStream out) {
        this.options = new Options(arguments, KNOWN);
        this.terminal = terminal;
        this.out = out;
        if (!options.words().isEmpty()) {
            throw new IllegalArgumentException(options.words().getFirst() + ": unknown (see --help)");
        }
    }

    int run() throws IOException, InterruptedException {
        String given = options.text("folder");
        Path folder = given == null ? Files.createTempDirectory("magpie-verify") : Path.of(given);
        boolean clean = false;
        try {
            clean = run(folder);
            return clean ? 0 : 1;
        } finally {
            if (clean && given == null) {
                TemporaryFolder.delete(folder);
            } else {
                terminal.line("data and logs: " + folder);
            }
        }
    }

    private boolean run(Path folder) throws IOException, InterruptedException {
        Topology topology = topology();
        long seed = seed();
        History history;
        String title;
        try (Fleet fleet = Fleet.start(plan(folder, topology), launches(), terminal::progress)) {
            List<Fault> faults = faults(fleet);
            title = title(topology, seed, faults);
            terminal.line(title);
            history = new Verification(verification(faults, seed), terminal::progress).run(fleet);
            terminal.progress("ending nodes and engines");
        }
        terminal.progress("checking");
        Verdict verdict = Verdict.of(history);
        terminal.progress("");
        out.print(Text.of(history, verdict));
        Path report = Path.of(options.text("report", "verify.html"));
        Files.writeString(report, Html.of(title, history, verdict));
        terminal.line("report: " + report);
        String file = options.text("history");
        if (file != null) {
            new JsonLines().write(history, Path.of(file));
        }
        return verdict.clean();
    }

    private Verification.Options verification(List<Fault> faults, long seed) {
        return new Verification.Options(
                options.number("users", 8, 2, 1_000),
                options.number("devices", 3, 1, 20),
                options.number("groups", 4, 1, 100),
                options.number("pace", 250, 1, 60_000),
                (long) (minutes() * 60_000),
                faults,
                seed);
    }

    private Topology topology() {
        int nodes = options.number("nodes", 3, 1, 32);
        String engine = nodes == 1 ? "local" : "redis";
        return new Topology(
                nodes,
                options.text("store", nodes == 1 ? "sqlite" : "mysql"),
                options.text("bus", engine),
                options.text("directory", engine),
                options.text("registry", engine));
    }

    private Plan plan(Path folder, Topology topology) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        List<String> settings = new ArrayList<>(List.of(
                "limits.sendsPerSecond=1000000",
                "limits.sendBurst=1000000",
                "realtime.heartbeatMs=10000",
                "node.drainMs=5000"));
        settings.addAll(options.all("set"));
        return new Plan(
                folder,
                topology,
                launches().getFirst(),
                settings,
                HexFormat.of().formatHex(secret),
                Plan.Lifetime.OF_THE_JVM,
                true);
    }

    private List<Launch> launches() {
        List<Launch> launches = new ArrayList<>();
        launches.add(Launch.built(Path.of(System.getProperty("magpie.root", "."))));
        String previous = options.text("previous");
        if (previous != null) {
            launches.add(Launch.built(Path.of(previous)));
        }
        return launches;
    }

    private List<Fault> faults(Fleet fleet) {
        List<Fault> possible = Nemesis.possible(fleet);
        String list = options.text("faults");
        if (list == null) {
            return possible;
        }
        List<Fault> wanted = list.equals("none") ? List.of() : Fault.parse(list);
        for (Fault fault : wanted) {
            if (!possible.contains(fault)) {
                throw new IllegalArgumentException("--faults: " + fault.id() + " (expected, for this topology: "
                        + possible.stream().map(Fault::id).collect(Collectors.joining(", ")) + ")");
            }
        }
        return wanted;
    }

    private double minutes() {
        String given = options.text("minutes", "2");
        try {
            double minutes = Double.parseDouble(given);
            if (minutes > 0 && minutes <= 100_000) {
                return minutes;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is expected.
        }
        throw new IllegalArgumentException("--minutes: " + given + " (expected: more than 0)");
    }

    private long seed() {
        String given = options.text("seed");
        try {
            return given == null ? new SecureRandom().nextInt(1_000_000) : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed: " + given + " (expected: a number)", e);
        }
    }

    private String title(Topology topology, long seed, List<Fault> faults) {
        return String.format(
                Locale.ROOT,
                "%d nodes, store %s, bus %s, directory %s, registry %s, %.1f minutes, seed %d, faults: %s",
                topology.nodes(),
                topology.store(),
                topology.bus(),
                topology.directory(),
                topology.registry(),
                minutes(),
                seed,
                faults.isEmpty()
                        ? "none"
                        : faults.stream().map(Fault::id).collect(Collectors.joining(", "))
                                + (options.text("previous") == null
                                        ? ""
                                        : ", every second node of " + options.text("previous")));
    }
}
