package io.magpie.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// What a [Fleet] is made of. It is kept in the fleet's folder, so that a later command can go on with it.
///
/// @param folder for data, logs and what is remembered of the processes
/// @param launch how nodes are started
/// @param settings of every node, as `key=value`
/// @param secret of the JWTs that nodes accept
/// @param lifetime whether processes end with this JVM
/// @param cables whether nodes can be cut off from their engines: their connections then run through this JVM
public record Plan(
        Path folder,
        Topology topology,
        Launch launch,
        List<String> settings,
        String secret,
        Lifetime lifetime,
        boolean cables) {
    private static final String FILE = "fleet.properties";

    /// When the processes end.
    public enum Lifetime {
        /// With this JVM, however it ends.
        OF_THE_JVM,
        /// When somebody closes the fleet, from whichever JVM.
        DETACHED
    }

    public Plan {
        folder = folder.toAbsolutePath().normalize();
        settings = List.copyOf(settings);
        if (cables && lifetime == Lifetime.DETACHED) {
            throw new IllegalArgumentException("cables: true (expected: false for a fleet that outlives this JVM)");
        }
    }

    void write() {
        var all = new Properties();
        all.setProperty("nodes", Integer.toString(topology.nodes()));
        all.setProperty("store", topology.store());
        all.setProperty("bus", topology.bus());
        all.setProperty("directory", topology.directory());
        all.setProperty("registry", topology.registry());
        all.setProperty("launch", String.join("\n", launch.command()));
        all.setProperty("settings", String.join("\n", settings));
        all.setProperty("secret", secret);
        new PrivateProperties(folder.resolve(FILE)).write(all);
    }

    /// What an earlier [#write] left in the folder.
    static Optional<Plan> read(Path folder) {
        Path file = folder.toAbsolutePath().normalize().resolve(FILE);
        return new PrivateProperties(file)
                .read()
                .map(all -> new Plan(
                        folder,
                        new Topology(
                                Integer.parseInt(all.getProperty("nodes")),
                                all.getProperty("store"),
                                all.getProperty("bus"),
                                all.getProperty("directory"),
                                all.getProperty("registry")),
                        new Launch(PrivateProperties.lines(all.getProperty("launch"))),
                        PrivateProperties.lines(all.getProperty("settings")),
                        all.getProperty("secret"),
                        Lifetime.DETACHED,
                        false));
    }

    /// How many nodes the plan in the folder has, 0 without one.
    public static int nodes(Path folder) {
        return read(folder).map(plan -> plan.topology().nodes()).orElse(0);
    }
}
