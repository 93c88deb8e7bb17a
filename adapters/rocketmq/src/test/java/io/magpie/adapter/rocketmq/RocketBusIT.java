package io.magpie.adapter.rocketmq;

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

class RocketBusIT extends BusContract {
    private static RunningEngine rocketmq;

    @BeforeAll
    static void startEngine() {
        rocketmq = Engine.ROCKETMQ.start();
    }

    @AfterAll
    static void stopEngine() {
        rocketmq.close();
    }

    @Override
    protected Bus open(Incarnation me) {
        try {
            return RocketBus.connect(rocketmq.url(), "magpie", me);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whenTheEngineIsKilledPublishersAndNodesAreToldAndRecordsFlowAgain() {
        Heard a = join("a", 1);
        Heard b = join("b", 1);
        rocketmq.kill();
        bus("a", 1).publish("b", text("lost"));
        assertThat(a.failed()).containsExactly("lost");

        rocketmq.restart();
        Soon.until("b hears of the gap", () -> b.gaps() > 0);
        Soon.until("records flow", () -> {
            bus("a", 1).broadcast(text("to all"));
            return b.records().contains("to all");
        });
    }

    @Test
    void aNameServerThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> RocketBus.connect("127.0.0.1:1", "magpie", new Incarnation("a", 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
