package io.magpie.cluster;

import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a node is told of its engines.
final class Wires {
    private Wires() {}

    /// As `key=value`.
    ///
    /// @param cables through which this node reaches an engine; one without is reached directly
    static List<String> settings(Topology topology, Map<Engine, RunningEngine> engines, Map<Engine, Cable> cables) {
        List<String> settings = new ArrayList<>(List.of(
                "store=" + topology.store(),
                "bus=" + topology.bus(),
                "directory=" + topology.directory(),
                "registry=" + topology.registry()));
        engines.forEach((engine, running) -> settings.addAll(settings(engine, running, cables)));
        return settings;
    }

    private static List<String> settings(Engine engine, RunningEngine running, Map<Engine, Cable> cables) {
        Cable cable = cables.get(engine);
        String url = cable == null
                ? running.url()
                : running.url().replace(running.host() + ":" + running.port(), cable.address());
        return switch (engine) {
            case MARIADB -> database("mysql", url, running);
            case POSTGRESQL -> database("postgresql", url, running);
            case REDIS -> List.of("redis.url=" + url);
            case RABBITMQ -> List.of("rabbitmq.url=" + url);
            case KAFKA -> List.of("kafka.servers=" + url);
            case ROCKETMQ -> List.of("rocketmq.nameServer=" + url);
            case ZOOKEEPER -> List.of("zookeeper.connect=" + url);
            default -> List.of();
        };
    }

    private static List<String> database(String store, String url, RunningEngine running) {
        return List.of(
                store + ".url=" + url, store + ".user=" + running.user(), store + ".password=" + running.password());
    }

    /// Whether connections to the engine can run through a cable: clients of some are told by the engine itself
    /// where to connect.
    static boolean hasCable(Engine engine) {
        return switch (engine) {
            case REDIS, MARIADB, POSTGRESQL, RABBITMQ, ZOOKEEPER -> true;
            default -> false;
        };
    }
}
