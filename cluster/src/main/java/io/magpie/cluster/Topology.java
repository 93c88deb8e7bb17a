package io.magpie.cluster;

import io.magpie.engines.Engine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How many nodes there are, and which engine is what to them, by the names that `magpie.yaml` has for them.
public record Topology(int nodes, String store, String bus, String directory, String registry) {
    private static final Set<String> BUILT_IN = Set.of("sqlite", "local", "hash");

    public Topology {
        if (nodes < 1 || nodes > 32) {
            throw new IllegalArgumentException("nodes: " + nodes + " (expected: 1..32)");
        }
        check("store", store, List.of("sqlite", "mysql", "postgresql"));
        check("bus", bus, List.of("local", "redis", "kafka", "rabbitmq", "rocketmq"));
        check("directory", directory, List.of("local", "redis", "hash"));
        check("registry", registry, List.of("local", "redis", "zookeeper"));
        if (nodes > 1 && store.equals("sqlite")) {
            throw new IllegalArgumentException("store: sqlite (expected: mysql or postgresql for several nodes)");
        }
    }

    /// One node that needs nothing else.
    public static Topology alone() {
        return new Topology(1, "sqlite", "local", "local", "local");
    }

    private static void check(String what, String engine, List<String> known) {
        if (!known.contains(engine)) {
            throw new IllegalArgumentException(what + ": " + engine + " (expected: " + String.join(", ", known) + ")");
        }
    }

    /// All that have to run before the nodes can.
    public Set<Engine> engines() {
        Set<Engine> engines = EnumSet.noneOf(Engine.class);
        for (String name : List.of(store, bus, directory, registry)) {
            if (!BUILT_IN.contains(name)) {
                engines.add(engine(name));
            }
        }
        return engines;
    }

    /// The program behind a name of `magpie.yaml`.
    public static Engine engine(String name) {
        return name.equals("mysql") ? Engine.MARIADB : Engine.of(name);
    }
}
