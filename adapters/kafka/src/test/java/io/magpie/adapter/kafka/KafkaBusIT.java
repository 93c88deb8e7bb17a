package io.magpie.adapter.kafka;

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
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBusIT extends BusContract {
    private static RunningEngine kafka;
    private static Admin admin;

    @BeforeAll
    static void startEngine() {
        kafka = Engine.KAFKA.start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.url()));
    }

    @AfterAll
    static void stopEngine() {
        admin.close();
        kafka.close();
    }

    @Override
    protected Bus open(Incarnation me) {
        try {
            return KafkaBus.connect(kafka.url(), "magpie.", me);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void f36ForgettingADeadNodeLeavesNothingOfIt() throws Exception {
        join("a", 1);
        join("gone", 1);
        leave("gone", 1);
        assertThat(admin.listTopics().names().get()).contains("magpie.gone");
        bus("a", 1).forget(new Incarnation("gone", 1));
        bus("a", 1).broadcast(text("anybody?"));
        assertThat(admin.listTopics().names().get()).doesNotContain("magpie.gone");
        assertThat(admin.listGroups().all().get())
                .noneMatch(group -> group.groupId().equals("magpie.gone"));
    }

    @Test
    void aNodeWhoseTopicIsDeletedMakesItAgainAndHearsOfTheGap() throws Exception {
        join("a", 1);
        Heard b = join("b", 1);
        admin.deleteTopics(List.of("magpie.b")).all().get();
        Soon.until("b hears of the gap", () -> b.gaps() > 0);
        Soon.until("b hears again", () -> {
            bus("a", 1).publish("b", text("again"));
            return b.records().contains("again");
        });
    }

    @Test
    void whenTheEngineIsKilledPublishersAreToldAndRecordsFlowAgain() {
        Heard a = join("a", 1);
        Heard b = join("b", 1);
        bus("a", 1).publish("b", text("before"));
        Soon.until("b hears", () -> b.records().equals(List.of("before")));
        kafka.kill();
        bus("a", 1).publish("b", text("lost"));
        Soon.until("the publisher is told", () -> a.failed().contains("lost"));

        kafka.restart();
        Soon.until("records flow", () -> {
            bus("a", 1).broadcast(text("to all"));
            return b.records().contains("to all");
        });
    }

    @Test
    void brokersThatAreNotThereAreSaid() {
        assertThatThrownBy(() -> KafkaBus.connect("127.0.0.1:1", "magpie.", new Incarnation("a", 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() -> KafkaBus.connect("nonsense", "magpie.", new Incarnation("a", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }
}
