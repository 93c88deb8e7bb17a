package io.magpie.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.BusContract;
import io.magpie.core.cluster.Heard;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Soon;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RabbitBusIT extends BusContract {
    private static RunningEngine rabbitmq;

    @BeforeAll
    static void startEngine() {
        rabbitmq = Engine.RABBITMQ.start();
    }

    @AfterAll
    static void stopEngine() {
        rabbitmq.close();
    }

    @Override
    protected Bus open(Incarnation me) {
        try {
            return RabbitBus.connect(rabbitmq.url(), me);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whenTheEngineIsKilledPublishersAndNodesAreToldAndRecordsFlowAgain() {
        Heard a = join("a", 1);
        Heard b = join("b", 1);
        rabbitmq.kill();
        Soon.until("what is published meanwhile fails", () -> {
            bus("a", 1).publish("b", text("lost"));
            return a.failed().contains("lost");
        });

        rabbitmq.restart();
        Soon.until("both hear of the gap", () -> a.gaps() > 0 && b.gaps() > 0);
        bus("a", 1).publish("b", text("directly"));
        bus("a", 1).broadcast(text("to all"));
        Soon.until("b hears both", () -> b.records().size() >= 2);
        assertThat(b.records()).endsWith("directly", "to all");
    }

    @Test
    void aFrozenEngineHoldsNoPublisherUp() {
        Heard a = join("a", 1);
        join("b", 1);
        rabbitmq.pause();
        try {
            byte[] large = new byte[512 * 1024];
            for (int i = 0; i < 100; i++) {
                bus("a", 1).publish("b", large);
            }
            assertThat(a.failed()).as("50 MiB are not kept").isNotEmpty();
        } finally {
            rabbitmq.resume();
        }
    }

    @Test
    void aBrokerThatIsNotThereIsSaidAtOnce() {
        assertThatThrownBy(() -> RabbitBus.connect("amqp://127.0.0.1:1", new Incarnation("a", 1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RabbitBus.connect("http://127.0.0.1:1", new Incarnation("a", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http");
    }
}
