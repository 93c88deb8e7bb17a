package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.limit.TrustedProxies;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// The small objects that keep a connection's memory bounded.
class BoundsTest {
    private static final ConversationId A = ConversationId.direct(1, 2);

    @Test
    void aCursorCoversWhatIsBeforeItAndRestartsTheClockForTheRest() {
        var unacknowledged = new Unacknowledged();
        unacknowledged.pushed(A, 1, 10);
        unacknowledged.pushed(A, 5, 20);
        assertThat(unacknowledged.anyBefore(9)).isFalse();
        assertThat(unacknowledged.anyBefore(10)).isTrue();
        unacknowledged.received(A, 4, 30);
        assertThat(unacknowledged.anyBefore(29)).isFalse();
        unacknowledged.received(A, 5, 31);
        assertThat(unacknowledged.isEmpty()).isTrue();
    }

    @Test
    void tooManyConversationsCollapseToATime() {
        var unacknowledged = new Unacknowledged();
        for (int i = 1; i <= Unacknowledged.MAX_CONVERSATIONS; i++) {
            unacknowledged.pushed(ConversationId.group(i), 1, 100);
        }
        unacknowledged.pushed(A, 1, 50);
        assertThat(unacknowledged.anyBefore(50)).isTrue();
        for (int i = 1; i <= Unacknowledged.MAX_CONVERSATIONS; i++) {
            unacknowledged.received(ConversationId.group(i), 1, 100);
        }
        assertThat(unacknowledged.isEmpty()).isFalse();
        unacknowledged.proofOfLife(200);
        assertThat(unacknowledged.isEmpty()).isTrue();
    }

    @Test
    void aHundredConversationsAreNamedAndNoMore() {
        var missed = new MissedPushes();
        for (int i = 1; i <= MissedPushes.MAX_NAMED; i++) {
            missed.add(new Event.Read(ConversationId.group(i), 1, 1));
            missed.add(new Event.Read(ConversationId.group(i), 2, 1));
        }
        assertThat(missed.summary().conversations()).hasSize(MissedPushes.MAX_NAMED);
        missed.add(new Event.Delivered(A, 1, 1));
        missed.add(new Event.Delivered(A, 1, 2));
        assertThat(missed.summary().conversations()).isEmpty();
    }

    @Test
    void requestsWithoutIdCountThoughTheirAnswersAreNeverLarge() {
        var inFlight = new InFlight();
        for (int i = 0; i < InFlight.MAX; i++) {
            assertThat(inFlight.isFull()).isFalse();
            inFlight.begin(new Request(null, new Command.Sync(0, null)));
        }
        assertThat(inFlight.isFull()).isTrue();
        inFlight.end(null);
        assertThat(inFlight.isFull()).isFalse();
        for (int i = 1; i < InFlight.MAX; i++) {
            inFlight.end(null);
        }
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void largeAnswersAndAllAnswersAreLimited() {
        var inFlight = new InFlight();
        for (int i = 0; i < InFlight.MAX_LARGE; i++) {
            assertThat(inFlight.isFull()).isFalse();
            inFlight.begin(new Request("s" + i, new Command.Sync(0, null)));
        }
        assertThat(inFlight.isFull()).isTrue();
        inFlight.end("s0");
        assertThat(inFlight.isFull()).isFalse();
        for (int i = InFlight.MAX_LARGE - 1; i < InFlight.MAX; i++) {
            assertThat(inFlight.isFull()).isFalse();
            inFlight.begin(new Request("p", new Command.Ping()));
        }
        assertThat(inFlight.isFull()).isTrue();
    }

    @Test
    void addressesAreCountedAndLoopbackIsNot() throws Exception {
        var limits = new ConnectionLimits(new GatewaySettings.Admission(5, 2, Set.of(), TrustedProxies.NONE));
        var one = InetAddress.getByName("192.0.2.1");
        var home = InetAddress.getByName("2001:db8::1");
        var sameHome = InetAddress.getByName("2001:db8::2");
        var loopback = InetAddress.getLoopbackAddress();
        limits.opened(one);
        limits.opened(home);
        limits.opened(sameHome);
        assertThat(limits.exceededBy(one)).isFalse();
        assertThat(limits.exceededBy(home)).isFalse();
        limits.opened(sameHome);
        assertThat(limits.exceededBy(home)).isTrue();
        assertThat(limits.exceededBy(loopback)).isFalse();
        limits.opened(loopback);
        limits.opened(loopback);
        assertThat(limits.exceededBy(loopback)).as("six of five").isTrue();
        limits.closed(sameHome);
        assertThat(limits.exceededBy(home)).isFalse();
    }

    @Test
    void tasksOfOneSubmitterRunInOrderAndAFaultStopsNothing() throws Exception {
        try (var server = TestGateway.start();
                var _ = RawPeer.session(server.address());
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var lane = server.handler.opened.element().connection().lane();
            int count = 20_000;
            var seen = new ArrayList<ArrayList<Integer>>();
            for (int submitter = 0; submitter < 4; submitter++) {
                var mine = new ArrayList<Integer>();
                seen.add(mine);
                pool.execute(() -> {
                    for (int i = 0; i < count; i++) {
                        int n = i;
                        lane.execute(() -> {
                            mine.add(n);
                            if (n % 1000 == 0) {
                                throw new IllegalStateException("asked for");
                            }
                        });
                    }
                });
            }
            for (var mine : seen) {
                TestGateway.await("all have run", () -> mine.size() == count);
                assertThat(mine).isSorted();
            }
        }
    }

    @Test
    void aWrongSettingNamesItselfAndItsBounds() {
        var d = GatewaySettings.defaults();
        assertThatThrownBy(() -> d.listeningOn("127.0.0.1", 70_000, 0)).hasMessage("port: 70000 (expected: 0..65535)");
        assertThatThrownBy(() -> new GatewaySettings.Admission(0, 1, Set.of(), TrustedProxies.NONE))
                .hasMessage("maxConnections: 0 (expected: 1..10000000)");
    }
}
