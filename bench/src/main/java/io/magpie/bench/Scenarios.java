package io.magpie.bench;

import io.magpie.bench.scenario.Backlog;
import io.magpie.bench.scenario.Day;
import io.magpie.bench.scenario.Idle;
import io.magpie.bench.scenario.Login;
import io.magpie.bench.scenario.Scenario;
import io.magpie.bench.scenario.Steady;
import io.magpie.bench.scenario.Turn;
import io.magpie.bench.target.Reference;
import io.magpie.bench.target.Transport;
import io.magpie.cluster.command.Options;
import java.util.ArrayList;
import java.util.List;

/// Every scenario by its name, with its parameters from the options.
final class Scenarios {
    static final List<String> NAMES =
            List.of("one-to-one", "rate", "fanout", "idle", "login", "backlog", "mixed", "start");

    /// Longer than a server may take to repair itself.
    private static final int QUIET_SECONDS = 35;

    private static final int IDLE_STEPS = 5;
    private static final int IDLE_SETTLE_SECONDS = 3;
    private static final int GROUP_MEMBERS = 100;
    private static final int BACKLOG_ENTRIES = 50;
    private static final int BACKLOG_SENDERS = 5;

    private final Options options;
    private final ServerChoice choice;

    Scenarios(Options options, ServerChoice choice) {
        this.options = options;
        this.choice = choice;
    }

    Job job(String name) {
        return job(name, name);
    }

    /// @param key what the result is called in a run that has several of the scenario
    Job job(String name, String key) {
        if (name.equals("start")) {
            return new StartJob(choice, options.number("rounds", 5, 1, 1000));
        }
        Scenario scenario = scenario(name);
        LoadJob.Rounds rounds = rounds(name);
        return new LoadJob(
                key,
                title(name, scenario, rounds),
                scenario,
                rounds,
                servers(name, rounds.size().users()));
    }

    private Scenario scenario(String name) {
        return switch (name) {
            case "one-to-one" -> Steady.oneToOne(window(4));
            case "rate" -> Steady.rate(options.number("rate", 5000, 1, 1_000_000));
            case "fanout" -> Steady.fanOut(options.number("senders", 5, 1, 1000), window(4));
            case "idle" -> {
                int users = users(name);
                yield new Idle(users / 8, IDLE_STEPS, groups(20), GROUP_MEMBERS, IDLE_SETTLE_SECONDS);
            }
            case "login" -> new Login(window(64), groups(5), GROUP_MEMBERS, options.has("fresh"));
            case "backlog" -> new Backlog(BACKLOG_ENTRIES, BACKLOG_SENDERS);
            case "mixed" -> new Day(options.number("rate", 2000, 1, 1_000_000));
            default ->
                throw new IllegalArgumentException(
                        "scenario: " + name + " (expected: all or one of " + NAMES + "; see --help)");
        };
    }

    private int window(int otherwise) {
        return options.number("window", otherwise, 1, 10_000);
    }

    private int groups(int otherwise) {
        return options.number("groups", otherwise, 0, 1000);
    }

    private int users(String name) {
        int otherwise = switch (name) {
            case "fanout" -> 500;
            case "idle" -> 16_000;
            case "backlog", "mixed" -> 200;
            default -> 1000;
        };
        int users = options.number("users", otherwise, 2, 1_000_000);
        if (users % 2 == 1) {
            throw new IllegalArgumentException("--users: " + users + " (expected: an even number)");
        }
        return users;
    }

    private LoadJob.Rounds rounds(String name) {
        boolean kill = options.has("kill");
        if (kill && !List.of("one-to-one", "rate", "fanout", "mixed").contains(name)) {
            throw new IllegalArgumentException(
                    "--kill: with " + name + " (expected: with one-to-one, rate, fanout or mixed)");
        }
        Turn.Size size = new Turn.Size(
                users(name),
                options.number("devices", 1, 1, 10),
                options.number("size", 100, 40, 8192),
                options.number("seconds", 10, 1, 86_400),
                QUIET_SECONDS);
        int warm = options.number("warm-seconds", 3, 0, 3600);
        return new LoadJob.Rounds(
                size,
                options.number("rounds", name.equals("idle") ? 1 : 3, 1, 1000),
                options.number("first-warm", 15, 0, 3600),
                warm,
                kill);
    }

    private String title(String name, Scenario scenario, LoadJob.Rounds rounds) {
        String parameters = switch (name) {
            case "one-to-one" -> ", window " + window(4);
            case "rate" -> ", " + options.number("rate", 5000, 1, 1_000_000) + " messages/s";
            case "fanout" -> ", " + options.number("senders", 5, 1, 1000) + " senders, window " + window(4);
            case "idle", "login", "backlog", "mixed" -> ", " + words(scenario);
            default -> "";
        };
        String time = List.of("idle", "backlog").contains(name)
                ? ""
                : " of " + rounds.size().seconds() + " s";
        return name + ", " + rounds.size().users() + " users"
                + (rounds.size().devices() > 1 ? " with " + rounds.size().devices() + " devices each" : "")
                + parameters + ", " + rounds.size().bytes() + "-byte text, " + rounds.count()
                + (rounds.count() == 1 ? " round" : " rounds") + time
                + (rounds.kill() ? ", SIGKILL in the middle" : "");
    }

    private static String words(Scenario scenario) {
        return switch (scenario) {
            case Idle idle -> "members of " + idle.groups() + " groups, first reading at " + idle.first();
            case Login login ->
                login.atOnce() + (login.fresh() ? " new devices" : "") + " at a time, members of " + login.groups()
                        + " groups";
            case Backlog backlog -> backlog.entries() + " entries each";
            case Day day -> day.actions() + " actions/s";
            default -> "";
        };
    }

    private List<LoadJob.Starter> servers(String name, int users) {
        List<LoadJob.Starter> servers = new ArrayList<>();
        if (!options.has("only-references")) {
            List<String> transports = options.list("transport").isEmpty() ? List.of("json") : options.list("transport");
            for (String word : transports) {
                Transport transport = Transport.parse(word);
                servers.add((_, terminal) -> choice.load(transport, 0, users, terminal::progress));
            }
            int stored = options.number("stored", 0, 0, Integer.MAX_VALUE);
            if (stored > 0) {
                servers.add((_, terminal) -> choice.load(Transport.JSON, stored, users, terminal::progress));
            }
        }
        for (String reference : options.list("references")) {
            if (!Reference.NAMES.contains(reference)) {
                throw new IllegalArgumentException(
                        "--references: " + reference + " (expected: some of " + Reference.NAMES + ")");
            }
            if (name.equals("mixed") || options.has("kill")) {
                throw new IllegalArgumentException("--references: " + reference
                        + " (expected: none; what it promises is not enough for mixed and --kill)");
            }
            servers.add((work, terminal) -> {
                terminal.progress("starting " + reference);
                return Reference.start(reference, work, terminal::line);
            });
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("--references: none (expected: some of " + Reference.NAMES + ")");
        }
        return servers;
    }
}
