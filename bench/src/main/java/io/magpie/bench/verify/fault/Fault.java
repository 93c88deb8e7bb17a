package io.magpie.bench.verify.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What can be done to a running fleet.
public enum Fault {
    /// SIGKILL to a node, which comes back.
    KILL(false),
    /// SIGTERM to a node, which comes back.
    DRAIN(false),
    /// SIGSTOP to a node, then SIGCONT.
    PAUSE(true),
    /// A node loses its network to all engines that have a cable.
    CUT(true),
    /// Redis is killed and started again, empty.
    REDIS_RESTART(false),
    /// Redis loses everything and runs on.
    REDIS_WIPE(false),
    /// The bus is killed and started again.
    BUS_RESTART(false),
    /// The database is killed and started again.
    DB_RESTART(true),
    /// Some devices stop reading while more comes than their connections hold.
    SLOW_READERS(false);

    private final boolean heavy;

    Fault(boolean heavy) {
        this.heavy = heavy;
    }

    /// Whether nodes that it touches cannot be expected to serve while it lasts.
    boolean heavy() {
        return heavy;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// From a list with commas.
    public static List<Fault> parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(Fault::of).distinct().toList();
    }

    private static Fault of(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault: " + id + " (expected: " + ids() + ")"));
    }

    public static String ids() {
        return Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", "));
    }
}
