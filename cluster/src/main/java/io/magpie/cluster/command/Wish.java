package io.magpie.cluster.command;

import io.magpie.cluster.Topology;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the operator asked `up` for; null is as it was, or the default.
record Wish(
        @Nullable Integer nodes,
        @Nullable String store,
        @Nullable String bus,
        @Nullable String directory,
        @Nullable String registry,
        @Nullable Balance balance,
        @Nullable Integer port,
        List<String> settings) {
    static final Set<String> OPTIONS = Set.of("nodes", "store", "bus", "directory", "registry", "nginx", "port", "set");

    private static final Topology DEFAULT = new Topology(3, "mysql", "redis", "redis", "redis");

    static Wish of(Options options) {
        String balance = options.text("nginx");
        return new Wish(
                options.text("nodes") == null ? null : options.number("nodes", 1, 1, 32),
                options.text("store"),
                options.text("bus"),
                options.text("directory"),
                options.text("registry"),
                balance == null ? null : Balance.of(balance),
                options.text("port") == null ? null : options.number("port", 1, 1, 65_535),
                options.all("set"));
    }

    /// The cluster to be, for one that is down.
    Topology topology(@Nullable Topology before) {
        Topology last = before == null ? DEFAULT : before;
        try {
            return new Topology(
                    nodes == null ? last.nodes() : nodes,
                    or(store, last.store()),
                    or(bus, last.bus()),
                    or(directory, last.directory()),
                    or(registry, last.registry()));
        } catch (IllegalArgumentException e) {
            // It names a field, which is the name of the option.
            throw new IllegalArgumentException("--" + e.getMessage(), e);
        }
    }

    private static String or(@Nullable String wanted, String last) {
        return wanted == null ? last : wanted;
    }

    /// A cluster that runs keeps what it stands on.
    void checkAgainst(Topology running) {
        same("nodes", nodes, running.nodes(), ", ./magpie cluster add for one more,");
        same("store", store, running.store(), "");
        same("bus", bus, running.bus(), "");
        same("directory", directory, running.directory(), "");
        same("registry", registry, running.registry(), "");
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException(
                    "--set: the cluster runs (expected: ./magpie cluster down before nodes are set differently)");
        }
    }

    private static void same(String option, @Nullable Object wanted, Object running, String instead) {
        if (wanted != null && !wanted.equals(running)) {
            throw new IllegalArgumentException("--%s: %s (expected: %s, as it runs%s or ./magpie cluster down before)"
                    .formatted(option, wanted, running, instead.isEmpty() ? "," : instead));
        }
    }
}
