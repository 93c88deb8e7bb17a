package io.magpie.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    private final Namespaces namespaces = new Namespaces(Set.of("/", "/custom"), Duration.ofSeconds(5));
    private final EmbeddedChannel channel = new EmbeddedChannel(namespaces);

    private void enter(String namespace) {
        channel.writeInbound(new SocketPacket.Connect(namespace, "{}"));
        assertThat(channel.<SocketPacket>readInbound()).isInstanceOf(SocketPacket.Connect.class);
        channel.writeOutbound(namespaces.enter(channel.alloc(), namespace, "s"));
        written();
    }

    private static SocketPacket.Event event(String namespace) {
        return new SocketPacket.Event(namespace, SocketPacket.NO_ACK, "e", SocketPacket.Arguments.of("1"));
    }

    private String written() {
        ByteBuf frame = channel.readOutbound();
        if (frame == null) {
            return "";
        }
        var text = frame.skipBytes(2).toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }

    @Test
    void whatBelongsToAnEnteredNamespaceIsPassedOn() {
        enter("/");
        enter("/custom");
        channel.writeInbound(event("/"), event("/custom"), new SocketPacket.Disconnect("/custom"), event("/"));
        assertThat(channel.inboundMessages()).hasSize(4);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void otherNamespacesAreRefusedAndTheSessionLivesOn() {
        channel.writeInbound(new SocketPacket.Connect("/random", "{}"));
        assertThat(written()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat(channel.isOpen()).isTrue();
        enter("/");
    }

    @Test
    void sendingToANamespaceOneIsNotInEndsTheSession() {
        enter("/");
        channel.writeInbound(event("/custom"));
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void afterALeaveNothingIsPassedOn() {
        enter("/");
        channel.writeInbound(new SocketPacket.Disconnect("/"), event("/"));
        assertThat(channel.inboundMessages()).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void enteringTwiceEndsTheSession() {
        enter("/");
        channel.writeInbound(new SocketPacket.Connect("/", "{}"));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoEntersNothingInTimeIsClosed() {
        channel.advanceTimeBy(4, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoEnteredStays() {
        enter("/");
        channel.advanceTimeBy(60, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void acknowledgementsReachWhoAskedOnce() {
        enter("/");
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < Namespaces.MAX_AWAITED + 1; i++) {
            int asked = i;
            namespaces
                    .ask(
                            channel.alloc(),
                            "/",
                            "q",
                            SocketPacket.Arguments.of("1"),
                            a -> heard.add(asked + ":" + a.json().toString(StandardCharsets.UTF_8)))
                    .release();
        }
        for (long id : new long[] {0, 5, 5, 99_999}) {
            channel.writeInbound(new SocketPacket.Ack("/", id, SocketPacket.Arguments.of("\"a\"")));
        }
        // The oldest made way for the newest.
        assertThat(heard).containsExactly("5:\"a\"");
        assertThat(channel.isOpen()).isTrue();
    }
}
