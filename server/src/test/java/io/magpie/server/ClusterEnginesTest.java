package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.cluster.Incarnation;
import io.magpie.server.config.Kafka;
import io.magpie.server.config.Nacos;
import io.magpie.server.config.Rabbitmq;
import io.magpie.server.config.Rocketmq;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Zookeeper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// An engine that is not there is one sentence that names the setting and what is expected.
class ClusterEnginesTest {
    private static final Incarnation ME = new Incarnation("a", 1);
    private static final String NOWHERE = "127.0.0.1:1";

    @Test
    void eachEngineThatIsNotThereIsNamed() {
        refused(
                () -> ClusterEngines.kafka(new Kafka(NOWHERE, "magpie."), ME),
                "kafka.servers: 127.0.0.1:1 cannot be connected to: ");
        refused(
                () -> ClusterEngines.rabbitmq(new Rabbitmq(new Secret("amqp://guest:guest@" + NOWHERE)), ME),
                "rabbitmq.url: (hidden) cannot be connected to: ");
        refused(
                () -> ClusterEngines.rabbitmq(new Rabbitmq(new Secret("http://" + NOWHERE)), ME),
                "rabbitmq.url: (hidden) cannot be read: ");
        refused(
                () -> ClusterEngines.rocketmq(new Rocketmq(NOWHERE, "magpie"), ME),
                "rocketmq.nameServer: 127.0.0.1:1 cannot be connected to: ");
        refused(
                () -> ClusterEngines.zookeeper(new Zookeeper(NOWHERE), ME),
                "zookeeper.connect: 127.0.0.1:1 cannot be connected to: ");
        refused(
                () -> ClusterEngines.nacos(new Nacos(NOWHERE, "public", "DEFAULT_GROUP", "magpie", null, null), ME),
                "nacos.server: 127.0.0.1:1 cannot be connected to: ");
    }

    private static void refused(ThrowingCallable start, String beginning) {
        assertThatThrownBy(start)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(beginning)
                .hasMessageContaining("(expected: ")
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("guest").doesNotContain("\n"));
    }
}
