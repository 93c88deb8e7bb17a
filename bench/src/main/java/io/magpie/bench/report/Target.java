package io.magpie.bench.report;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What a figure has to be.
///
/// @param what for people
/// @param atLeast whether more is better
/// @param must and `aim`: the bounds, inclusive
/// @param value of the results by key; NaN if what it needs was not measured
public record Target(
        String what, boolean atLeast, double must, double aim, ToDoubleFunction<Map<String, Result>> value) {
    private static final String MAGPIE = "magpie";
    private static final double SUSTAINED = 0.99;

    /// How a value stands to its bounds.
    public enum Verdict {
        AIM("aim reached"),
        MUST("reached"),
        MISSED("MISSED"),
        UNKNOWN("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// Those of the project, in the order of its table.
    public static final List<Target> ALL = List.of(
            ratio("one-to-one, deliveries/s, against netty-socketio", "one-to-one", "netty-socketio", true, 0.7, 1.1),
            cost("one-to-one, server CPU per delivery, against the floor relay", "one-to-one", "relay", 3.5, 2.2),
            ratio(
                    "one-to-one, deliveries/s, against ejabberd with its archive",
                    "one-to-one",
                    "ejabberd",
                    true,
                    20,
                    40),
            p99("5,000/s, p99 send to receive, against netty-socketio", "rate-5000"),
            p99("10,000/s, p99 send to receive, against netty-socketio", "rate-10000"),
            new Target(
                    "20,000/s is sustained: part of it delivered",
                    true,
                    SUSTAINED,
                    SUSTAINED,
                    results -> of(results, "rate-20000", MAGPIE, Figure.PER_SECOND) / 20_000),
            ratio("fan-out to 500, deliveries/s, against netty-socketio", "fanout", "netty-socketio", true, 1.3, 2.2),
            cost(
                    "fan-out to 500, server CPU per delivery, against netty-socketio",
                    "fanout",
                    "netty-socketio",
                    0.7,
                    0.45),
            new Target(
                    "idle connection, resident KB, member of 20 groups",
                    false,
                    10,
                    7,
                    results -> of(results, "idle", MAGPIE, Figure.KB_PER_CONNECTION)),
            ratio(
                    "login storm, logins/s, against netty-socketio's bare connects",
                    "login",
                    "netty-socketio",
                    true,
                    0.7,
                    1.2),
            ratio("offline backlog, entries/s, against ejabberd", "backlog", "ejabberd", true, 5, 15),
            new Target(
                    "start to ready, both with a cache of classes, against a bare Spring Boot application",
                    false,
                    1.6,
                    1.2,
                    results -> {
                        Result result = results.get("start");
                        return result == null
                                ? Double.NaN
                                : result.ratio(MAGPIE, "spring-boot-aot", Figure.START_SECONDS);
                    }),
            new Target("after SIGKILL: acknowledged and lost, or doubled", false, 0, 0, Target::damage),
            new Target(
                    "server CPU per delivery with a long history, against an empty one", false, 1.15, 1.15, results -> {
                        Result result = results.get("history");
                        return result == null
                                ? Double.NaN
                                : result.ratio("magpie-stored", MAGPIE, Figure.CPU_PER_MILLION);
                    }),
            new Target(
                    "server CPU per delivery with two devices each, against one",
                    false,
                    1,
                    1,
                    results -> of(results, "devices", MAGPIE, Figure.CPU_PER_MILLION)
                            / of(results, "one-to-one", MAGPIE, Figure.CPU_PER_MILLION)));

    private static Target ratio(String what, String key, String other, boolean atLeast, double must, double aim) {
        return new Target(what, atLeast, must, aim, results -> ratio(results, key, other, Figure.PER_SECOND));
    }

    private static Target cost(String what, String key, String other, double must, double aim) {
        return new Target(what, false, must, aim, results -> ratio(results, key, other, Figure.CPU_PER_MILLION));
    }

    private static Target p99(String what, String key) {
        return new Target(what, false, 4, 2, results -> ratio(results, key, "netty-socketio", Figure.P99));
    }

    private static double ratio(Map<String, Result> results, String key, String other, Figure figure) {
        return of(results, key, MAGPIE, figure) / of(results, key, other, figure);
    }

    private static double of(Map<String, Result> results, String key, String server, Figure figure) {
        Result result = results.get(key);
        return result == null ? Double.NaN : result.median(server, figure);
    }

    /// Over all results whose servers were killed.
    private static double damage(Map<String, Result> results) {
        List<Measured> killed = results.values().stream()
                .filter(result -> result.key().contains("kill"))
                .flatMap(result -> result.servers().values().stream())
                .flatMap(List::stream)
                .toList();
        return killed.isEmpty()
                ? Double.NaN
                : killed.stream()
                        .map(Measured::counts)
                        .mapToLong(Target::damage)
                        .sum();
    }

    private static long damage(Counts counts) {
        return counts.lost() + counts.duplicate();
    }

    public Verdict verdict(double measured) {
        if (!Double.isFinite(measured)) {
            return Verdict.UNKNOWN;
        }
        if (atLeast ? measured >= aim : measured <= aim) {
            return Verdict.AIM;
        }
        return (atLeast ? measured >= must : measured <= must) ? Verdict.MUST : Verdict.MISSED;
    }

    /// As `≥ 0.7`.
    public String bound(double bound) {
        return (atLeast ? "≥ " : "≤ ") + number(bound);
    }

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    static Map<String, Result> byKey(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.results().stream())
                .collect(Collectors.toMap(
                        Result::key, result -> result, (_, later) -> later, java.util.LinkedHashMap::new));
    }
}
