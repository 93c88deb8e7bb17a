package io.magpie.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoneNodeTest {
    @Test
    void nobodyElseHoldsAnybody() {
        try (var directory = new LocalDirectory()) {
            directory.add(List.of(7L), List.of(1L));
            assertThat(directory.find(List.of(7L, 8L), List.of(1L))).isEqualTo(Directory.Found.NOBODY);
            assertThat(directory.intact()).isTrue();
        }
    }

    @Test
    void aLoneNodeNeverHearsItself() {
        List<String> heard = new ArrayList<>();
        try (var bus = new LocalBus()) {
            bus.subscribe(new Bus.Listener() {
                @Override
                public void received(byte[] record) {
                    heard.add("record");
                }

                @Override
                public void gap() {
                    heard.add("gap");
                }

                @Override
                public void failed(byte[] record) {
                    heard.add("failed");
                }
            });
            bus.publish("me", new byte[1]);
            bus.broadcast(new byte[1]);
        }
        assertThat(heard).isEmpty();
    }
}
