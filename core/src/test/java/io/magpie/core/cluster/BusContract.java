package io.magpie.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Bus] between nodes promises while its engine works.
public abstract class BusContract {
    private static final int MANY = 2_000;
    private static final int LARGE = 512 * 1024;

    private final Map<Incarnation, Bus> open = new HashMap<>();

    /// The bus of one node, on the engine that all nodes of the running test share. Every test begins without
    /// nodes.
    protected abstract Bus open(Incarnation me);

    @BeforeEach
    final void noNodes() {
        open.clear();
    }

    @AfterEach
    final void closeAll() {
        open.values().forEach(Bus::close);
    }

    @Test
    void aRecordReachesTheNodeItIsFor() {
        var a = join("a", 1);
        var b = join("b", 1);
        var c = join("c", 1);
        bus("a", 1).publish("b", text("for b"));
        bus("a", 1).broadcast(text("for all"));
        Soon.until("b hears both", () -> b.records().equals(List.of("for b", "for all")));
        Soon.until("c hears one", () -> c.records().equals(List.of("for all")));
        assertThat(a.records()).isEmpty();
    }

    @Test
    void recordsOfOnePublisherKeepTheirOrder() {
        join("a", 1);
        var b = join("b", 1);
        var expected = new ArrayList<String>();
        for (int i = 0; i < MANY; i++) {
            expected.add("record " + i);
            if (i % 3 == 0) {
                bus("a", 1).broadcast(text("record " + i));
            } else {
                bus("a", 1).publish("b", text("record " + i));
            }
        }
        Soon.until("all arrived", () -> b.records().size() >= MANY);
        assertThat(b.records()).isEqualTo(expected);
        assertThat(b.gaps()).isZero();
    }

    @Test
    void manyPublishersAreAllHeard() {
        var a = join("a", 1);
        for (String node : List.of("b", "c")) {
            join(node, 1);
        }
        for (int i = 0; i < 100; i++) {
            bus("b", 1).publish("a", text("b" + i));
            bus("c", 1).publish("a", text("c" + i));
        }
        Soon.until("all arrived", () -> a.records().size() >= 200);
        for (String node : List.of("b", "c")) {
            assertThat(a.records().stream().filter(r -> r.startsWith(node)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> node + i).toList());
        }
    }

    @Test
    void aNodeThatDoesNotLiveHoldsNobodyUp() {
        join("a", 1);
        var b = join("b", 1);
        for (int i = 0; i < 50; i++) {
            bus("a", 1).publish("nobody", text("lost " + i));
        }
        bus("a", 1).publish("b", text("found"));
        Soon.until("b hears", () -> b.records().equals(List.of("found")));
    }

    @Test
    void largeRecordsArriveWhole() {
        join("a", 1);
        var b = join("b", 1);
        var large = "x".repeat(LARGE);
        bus("a", 1).publish("b", text(large));
        bus("a", 1).broadcast(text(large));
        Soon.until("both arrived", () -> b.records().size() == 2);
        assertThat(b.records()).allMatch(large::equals);
    }

    @Test
    void theNextIncarnationHearsWhatIsPublishedSince() {
        join("a", 1);
        join("b", 1);
        bus("a", 1).publish("b", text("before"));
        leave("b", 1);
        var again = join("b", 2);
        bus("a", 1).publish("b", text("after"));
        Soon.until("b hears", () -> again.records().contains("after"));
        assertThat(again.records()).last().isEqualTo("after");
    }

    @Test
    void f36ForgettingTheDeadDoesNotTouchTheLiving() {
        join("a", 1);
        join("b", 1);
        leave("b", 1);
        var again = join("b", 2);
        bus("a", 1).forget(new Incarnation("b", 1));
        bus("a", 1).forget(new Incarnation("b", 1));
        bus("a", 1).publish("b", text("still here"));
        Soon.until("b hears", () -> again.records().contains("still here"));
    }

    @Test
    void theForgottenMayComeBack() {
        join("a", 1);
        join("b", 1);
        leave("b", 1);
        bus("a", 1).forget(new Incarnation("b", 1));
        var again = join("b", 2);
        bus("a", 1).publish("b", text("back"));
        Soon.until("b hears", () -> again.records().contains("back"));
    }

    protected final Heard join(String node, long number) {
        var me = new Incarnation(node, number);
        var bus = open(me);
        open.put(me, bus);
        var heard = new Heard();
        bus.subscribe(heard);
        return heard;
    }

    protected final Bus bus(String node, long number) {
        return Objects.requireNonNull(open.get(new Incarnation(node, number)), node);
    }

    protected final void leave(String node, long number) {
        bus(node, number).close();
        open.remove(new Incarnation(node, number));
    }

    protected static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
