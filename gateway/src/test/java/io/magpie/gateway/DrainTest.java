package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.command.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Pattern RECONNECT = Pattern.compile("\"reconnectAfterMs\":(\\d+)");

    @Test
    void everybodyIsToldAndGetsTheAnswersOutstanding() throws Exception {
        try (var server = TestGateway.start()) {
            var peers = new ArrayList<RawPeer>();
            for (int i = 0; i < 50; i++) {
                peers.add(RawPeer.session(server.address()));
            }
            var halfway = RawPeer.connect(server.address());
            server.handler.answering = false;
            peers.getFirst().text("{\"type\":\"ping\",\"id\":\"last\"}");
            TestGateway.await("the request arrives", () -> !server.handler.unanswered.isEmpty());
            var drain = Thread.ofVirtual().start(() -> server.gateway.drain(Duration.ofSeconds(2), () -> null));
            server.handler.requests.clear();
            TestGateway.await("most have been told", () -> server.stats.closed(CloseReason.DRAINING) >= 40);
            server.handler.opened.element().connection().lane().execute(server.handler.unanswered.remove());

            assertThat(peers.getFirst().read().text()).contains("\"last\"");
            var delays = new HashSet<String>();
            for (var peer : peers) {
                var bye = peer.read().text();
                assertThat(bye).contains("\"bye\"").contains("\"draining\"");
                var delay = RECONNECT.matcher(bye);
                assertThat(delay.find()).isTrue();
                delays.add(delay.group(1));
                assertThat(peer.read().closeCode()).isEqualTo(1001);
                peer.close();
            }
            assertThat(delays).hasSizeGreaterThan(20);
            assertThat(halfway.read().text()).contains("\"draining\"");
            halfway.close();
            drain.join();
            assertThat(server.stats.connections()).isZero();
            TestGateway.await("all are closed", () -> server.handler.closed.size() == 50);
            assertThatThrownBy(() -> RawPeer.connect(server.address())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closingTellsTheHandlerOfEverySessionBeforeItReturns() throws Exception {
        var server = TestGateway.start();
        for (int i = 0; i < 20; i++) {
            var _ = RawPeer.session(server.address());
        }
        server.close();
        server.close();
        assertThat(server.handler.closed).hasSize(20).doesNotHaveDuplicates();
        assertThat(server.stats.connections()).isZero();
    }

    @Test
    void byeOfTheHandlerSaysWhyAndEnds() throws Exception {
        try (var server = TestGateway.start();
                var peer = RawPeer.session(server.address())) {
            var connection = server.handler.opened.element().connection();
            connection.lane().execute(() -> {
                connection.bye(new Event.Bye(Event.Bye.Reason.LOGGED_OUT));
                connection.bye(new Event.Bye(Event.Bye.Reason.KICKED));
            });
            assertThat(peer.read().text()).contains("\"logged-out\"");
            assertThat(peer.read().closeCode()).isEqualTo(1008);
            assertThat(peer.read().opcode()).isEqualTo(-1);
            TestGateway.await("the handler learns it", () -> server.handler.closed.size() == 1);
        }
    }
}
