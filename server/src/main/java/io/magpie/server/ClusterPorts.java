package io.magpie.server;

import io.magpie.adapter.local.HashDirectory;
import io.magpie.adapter.local.LocalBus;
import io.magpie.adapter.local.LocalDirectory;
import io.magpie.adapter.local.LocalRegistry;
import io.magpie.adapter.redis.Redis;
import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Registry;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The chosen engines between nodes, opened together and closed in reverse.
final class ClusterPorts implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final Settings settings;
    private final Incarnation me;
    private @Nullable Redis redis;
    private final Registry registry;
    private final Directory directory;
    private final Bus bus;

    ClusterPorts(Settings settings, Incarnation me, InstantSource clock) {
        this.settings = settings;
        this.me = me;
        try {
            this.registry = registry();
            closings.push(registry::close);
            this.directory = directory(clock);
            closings.push(directory::close);
            this.bus = bus();
            closings.push(bus::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Registry registry() {
        return switch (settings.registry()) {
            case LOCAL -> new LocalRegistry();
            case REDIS -> redis().registry(me);
            case ZOOKEEPER -> ClusterEngines.zookeeper(settings.zookeeper(), me);
            case NACOS -> ClusterEngines.nacos(settings.nacos(), me);
        };
    }

    private Directory directory(InstantSource clock) {
        return switch (settings.directory()) {
            case LOCAL -> new LocalDirectory();
            case REDIS -> redis().directory(me);
            case HASH -> new HashDirectory(me, registry, clock);
        };
    }

    private Bus bus() {
        return switch (settings.bus()) {
            case LOCAL -> new LocalBus();
            case REDIS -> redis().bus(me);
            case KAFKA -> ClusterEngines.kafka(settings.kafka(), me);
            case RABBITMQ -> ClusterEngines.rabbitmq(settings.rabbitmq(), me);
            case ROCKETMQ -> ClusterEngines.rocketmq(settings.rocketmq(), me);
        };
    }

    /// Connects when it is first asked for.
    private Redis redis() {
        var there = redis;
        if (there == null) {
            Secret url = settings.redis().url();
            try {
                there = Redis.at(
                        url == null ? "" : url.value(), settings.redis().prefix());
            } catch (IllegalArgumentException e) {
                throw new StartException(
                        "redis.url: (hidden) cannot be read: %s (expected: a URL as in redis://host:6379)"
                                .formatted(e.getMessage()),
                        e);
            }
            redis = there;
            closings.push(there::close);
            try {
                there.ping();
            } catch (RuntimeException e) {
                throw new StartException(
                        "redis.url: (hidden) cannot be connected to: %s (expected: a Redis that runs)"
                                .formatted(e.getMessage()),
                        e);
            }
        }
        return there;
    }

    Bus busPort() {
        return bus;
    }

    Directory directoryPort() {
        return directory;
    }

    Registry registryPort() {
        return registry;
    }

    Homes homes() {
        return directory instanceof Homes homes ? homes : Homes.ANYWHERE;
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
