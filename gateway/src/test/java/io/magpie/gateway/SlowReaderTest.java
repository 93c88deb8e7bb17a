package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Weight;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
    private static final GatewaySettings.SlowReaders SMALL =
            new GatewaySettings.SlowReaders(64 << 10, 128 << 10, 256 << 10, 1 << 20, Duration.ofSeconds(60));
    private static final ConversationId GROUP = ConversationId.group(7);

    @Test
    void itCostsABoundedAmountAndIsToldOnceWhatItMissed() throws Exception {
        try (var server = TestGateway.withSlowReaders(SMALL);
                var peer = RawPeer.session(server.address(), 4096)) {
            var connection = server.handler.opened.element().connection();
            long before = server.stats.bytesOut();
            pushMany(server, connection, 40_000);

            // 40 MB were pushed; the system's own buffers take a few, ours the high mark.
            assertThat(server.stats.bytesOut() - before).isLessThan(20L << 20);
            assertThat(server.stats.dropped(Weight.EPHEMERAL))
                    .isGreaterThanOrEqualTo(server.stats.dropped(Weight.GROUP));
            assertThat(server.stats.dropped(Weight.GROUP)).isGreaterThanOrEqualTo(server.stats.dropped(Weight.DIRECT));
            assertThat(server.stats.dropped(Weight.DIRECT)).isPositive();
            assertThat(server.stats.lagging()).isEqualTo(1);

            var lagging = untilLagging(peer);
            assertThat(lagging).contains("\"g.7\"").contains("\"d.1.2\"");
            assertThat(server.stats.lagging()).isZero();

            // Exactly one, and the session goes on.
            connection
                    .lane()
                    .execute(() ->
                            connection.push(new Event.Typing(FakeHandler.CONVERSATION, 9, true), Weight.EPHEMERAL));
            var next = peer.read().text();
            while (next.contains("\"entry\"") || next.contains("\"user\":5,")) {
                next = peer.read().text();
            }
            assertThat(next).contains("\"typing\"").contains("\"user\":9");
        }
    }

    private static void pushMany(TestGateway server, Connection connection, int count) throws Exception {
        var direct = new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, 1, 1000));
        var group = new Event.EntryAdded(FakeHandler.entry(GROUP, 1, 1000));
        var typing = new Event.Typing(GROUP, 5, true);
        var done = new java.util.concurrent.CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            connection.lane().execute(() -> {
                connection.push(typing, Weight.EPHEMERAL);
                connection.push(group, Weight.GROUP);
                connection.push(direct, Weight.DIRECT);
                done.countDown();
            });
        }
        TestGateway.await("all are pushed", () -> done.getCount() == 0);
        assertThat(server.stats.sessions()).isEqualTo(1);
    }

    private static String untilLagging(RawPeer peer) throws Exception {
        while (true) {
            var frame = peer.read();
            assertThat(frame.opcode()).isEqualTo(RawPeer.TEXT);
            if (frame.text().contains("\"lagging\"")) {
                return frame.text();
            }
        }
    }

    @Test
    void repliesArePausedByNotReadingAndAllArrive() throws Exception {
        try (var server = TestGateway.withSlowReaders(SMALL)) {
            server.handler.historyBytes = 8000;
            try (var peer = RawPeer.session(server.address(), 4096)) {
                int count = 5000;
                var writer = Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < count; i++) {
                            peer.text("{\"type\":\"history\",\"id\":\"%d\",\"conversation\":\"d.1.2\",\"after\":0}"
                                    .formatted(i));
                        }
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                // 40 MB of answers are asked for, and nobody reads them yet.
                TestGateway.await("the server has stopped reading", () -> {
                    int served = server.handler.requests.size();
                    sleep();
                    return served > 0 && served == server.handler.requests.size();
                });
                assertThat(server.handler.requests).hasSizeLessThan(count);
                for (int i = 0; i < count; i++) {
                    assertThat(peer.read().text()).contains("\"id\":\"" + i + "\"");
                }
                writer.join();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyAFewLargeAnswersAreInTheMaking() throws Exception {
        try (var server = TestGateway.start();
                var peer = RawPeer.session(server.address())) {
            server.handler.answering = false;
            for (int i = 0; i < 50; i++) {
                peer.text("{\"type\":\"history\",\"id\":\"%d\",\"conversation\":\"d.1.2\",\"after\":0}".formatted(i));
            }
            TestGateway.await("some arrive", () -> server.handler.requests.size() >= InFlight.MAX_LARGE);
            sleep();
            assertThat(server.handler.requests).hasSize(InFlight.MAX_LARGE);
            server.handler.answering = true;
            var lane = server.handler.opened.element().connection().lane();
            lane.execute(() -> server.handler.unanswered.forEach(Runnable::run));
            for (int i = 0; i < 50; i++) {
                assertThat(peer.read().text()).contains("\"id\":\"" + i + "\"");
            }
        }
    }

    @Test
    void pastTheHardLimitItIsClosed() throws Exception {
        try (var server = TestGateway.withSlowReaders(SMALL);
                var _ = RawPeer.session(server.address(), 4096)) {
            var connection = server.handler.opened.element().connection();
            server.handler.historyBytes = 8000;
            var entry = FakeHandler.entry(FakeHandler.CONVERSATION, 1, 8000);
            var reply =
                    new io.magpie.core.command.Reply.Entries(FakeHandler.CONVERSATION, java.util.List.of(entry), false);
            connection.lane().execute(() -> {
                for (int i = 0; i < 5000; i++) {
                    connection.reply("x", reply);
                }
            });
            TestGateway.await("closed slow", () -> server.stats.closed(CloseReason.SLOW) == 1);
            TestGateway.await("its socket is gone, too", () -> server.stats.connections() == 0);
            TestGateway.await("the handler learns it", () -> server.handler.closed.size() == 1);
        }
    }

    @Test
    void stuckForTooLongItIsClosed() throws Exception {
        var impatient =
                new GatewaySettings.SlowReaders(64 << 10, 128 << 10, 256 << 10, 1 << 20, Duration.ofMillis(300));
        try (var server = TestGateway.withSlowReaders(impatient);
                var _ = RawPeer.session(server.address(), 4096)) {
            var connection = server.handler.opened.element().connection();
            pushMany(server, connection, 20_000);
            TestGateway.await("closed slow", () -> server.stats.closed(CloseReason.SLOW) == 1);
            TestGateway.await("its socket is gone, too", () -> server.stats.connections() == 0);
            assertThat(server.stats.lagging()).isZero();
        }
    }
}
