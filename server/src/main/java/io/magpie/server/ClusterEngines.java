package io.magpie.server;

import io.magpie.adapter.kafka.KafkaBus;
import io.magpie.adapter.nacos.NacosRegistry;
import io.magpie.adapter.nacos.NacosService;
import io.magpie.adapter.rabbitmq.RabbitBus;
import io.magpie.adapter.rocketmq.RocketBus;
import io.magpie.adapter.zookeeper.ZooRegistry;
import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Registry;
import io.magpie.server.config.Kafka;
import io.magpie.server.config.Nacos;
import io.magpie.server.config.Rabbitmq;
import io.magpie.server.config.Rocketmq;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Zookeeper;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens buses and registries as the settings say. An engine that cannot be had is one sentence for the operator.
final class ClusterEngines {
    private ClusterEngines() {}

    static Bus kafka(Kafka settings, Incarnation me) {
        String servers = there(settings.servers());
        return open(
                "kafka.servers: " + servers,
                "brokers of a Kafka that runs",
                () -> KafkaBus.connect(servers, settings.prefix(), me));
    }

    static Bus rabbitmq(Rabbitmq settings, Incarnation me) {
        Secret url = Objects.requireNonNull(settings.url());
        return open("rabbitmq.url: (hidden)", "a RabbitMQ that runs", () -> RabbitBus.connect(url.value(), me));
    }

    static Bus rocketmq(Rocketmq settings, Incarnation me) {
        String nameServer = there(settings.nameServer());
        return open(
                "rocketmq.nameServer: " + nameServer,
                "name servers of a RocketMQ that runs",
                () -> RocketBus.connect(nameServer, settings.topic(), me));
    }

    static Registry zookeeper(Zookeeper settings, Incarnation me) {
        String servers = there(settings.connect());
        return open(
                "zookeeper.connect: " + servers,
                "servers of a ZooKeeper that runs",
                () -> ZooRegistry.connect(servers, me));
    }

    static Registry nacos(Nacos settings, Incarnation me) {
        String user = settings.user();
        Secret password = settings.password();
        var service = new NacosService(
                there(settings.server()),
                settings.namespace(),
                settings.group(),
                settings.service(),
                user == null ? "" : user,
                password == null ? "" : password.value());
        return open(
                "nacos.server: " + service.servers(),
                "servers of a Nacos 3 that runs",
                () -> NacosRegistry.connect(service, me));
    }

    private static <T> T open(String setting, String expected, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "%s cannot be read: %s (expected: %s)".formatted(setting, e.getMessage(), expected), e);
        } catch (IOException e) {
            throw new StartException(
                    "%s cannot be connected to: %s (expected: %s)".formatted(setting, e.getMessage(), expected), e);
        }
    }

    /// The settings are checked before.
    private static String there(@Nullable String value) {
        return Objects.requireNonNull(value);
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }
}
