package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.session.Weight;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each handler of the pipeline alone.
class HandlersTest {
    private final EmbeddedConnection it = new EmbeddedConnection();

    @AfterEach
    void release() {
        it.channel.finishAndReleaseAll();
    }

    @Test
    void trafficCountsBytesAndThrowsThemAwayAfterTheEnd() {
        var traffic = new Traffic(it.connection, it.lane);
        var context = it.with(traffic).channel.pipeline().context("tested");
        it.channel.writeInbound(buffer("abc"));
        assertThat(it.passed).hasSize(1);
        ((ByteBuf) it.passed.remove()).release();
        it.connection.end(CloseReason.KICKED);
        var late = buffer("defg");
        traffic.channelRead(context, late);
        assertThat(late.refCnt()).isZero();
        assertThat(it.passed).isEmpty();
        assertThat(it.stats.bytesIn()).isEqualTo(7);
    }

    @Test
    void trafficFlushesOnceForABurstOfReads() {
        it.speaking().with(new Traffic(it.connection, it.lane));
        it.channel.pipeline().fireChannelRead(buffer("a"));
        it.connection.answer("1", new Reply.Ok());
        it.connection.answer("2", new Reply.Ok());
        assertThat(it.channel.outboundMessages()).isEmpty();
        it.channel.pipeline().fireChannelReadComplete();
        assertThat(it.channel.outboundMessages()).hasSize(2);
        assertThat(it.written()).hasSize(2);
        it.passed.forEach(b -> ((ByteBuf) b).release());
    }

    @Test
    void intakeHoldsBackInOrderAndStopsReading() {
        it.speaking();
        it.intake.pause(Intake.Pause.HELLO);
        it.intake.pause(Intake.Pause.BUSY);
        assertThat(it.channel.config().isAutoRead()).isFalse();
        it.channel.pipeline().fireChannelRead("1");
        it.channel.pipeline().fireChannelRead("2");
        it.intake.resume(Intake.Pause.HELLO);
        it.settle();
        assertThat(it.passed).isEmpty();
        it.intake.resume(Intake.Pause.BUSY);
        it.channel.pipeline().fireChannelRead("3");
        assertThat(it.passed).as("not before the running task is done").isEmpty();
        it.settle();
        assertThat(it.passed).containsExactly("1", "2", "3");
        assertThat(it.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void intakeReleasesWhatItHoldsWhenTheChannelCloses() {
        it.speaking();
        it.intake.pause(Intake.Pause.BUSY);
        var held = buffer("x");
        it.channel.pipeline().fireChannelRead(held);
        var _ = it.channel.close();
        assertThat(held.refCnt()).isZero();
    }

    @Test
    void messagesJoinsFragmentsAndAnswersPing() {
        it.speaking().with(messages());
        it.channel.pipeline().fireChannelRead(new TextWebSocketFrame(false, 0, buffer("ab")));
        it.channel.pipeline().fireChannelRead(new PingWebSocketFrame(buffer("p")));
        it.channel.pipeline().fireChannelRead(new PongWebSocketFrame(buffer("q")));
        it.channel.pipeline().fireChannelRead(new ContinuationWebSocketFrame(true, 0, buffer("cd")));
        var whole = (ByteBuf) it.passed.remove();
        assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo("abcd");
        whole.release();
        assertThat(it.passed).isEmpty();
        assertThat(it.written()).containsExactly("10:p");
    }

    @Test
    void messagesRefusesBinaryAndEndsOnCloseAndOnTooMuch() {
        it.speaking().with(messages());
        it.channel.pipeline().fireChannelRead(new BinaryWebSocketFrame(buffer("x")));
        assertThat(it.written()).singleElement().asString().contains("malformed");
        it.channel.pipeline().fireChannelRead(new TextWebSocketFrame(false, 0, buffer("12345")));
        it.channel.pipeline().fireChannelRead(new ContinuationWebSocketFrame(false, 0, buffer("6789")));
        assertThat(it.stats.closed(CloseReason.TOO_LARGE)).isEqualTo(1);
        it.channel.pipeline().fireChannelRead(new CloseWebSocketFrame());
        assertThat(it.stats.closed(CloseReason.CLIENT)).as("it ends only once").isZero();
    }

    @Test
    void requestsAreDecodedOrAnswered() {
        it.speaking().with(new RequestDecoder(it.wire, it.malformed));
        it.channel.pipeline().fireChannelRead(buffer("{\"type\":\"ping\",\"id\":\"1\"}"));
        assertThat(it.passed).containsExactly(new Request("1", new Command.Ping()));
        it.channel.pipeline().fireChannelRead(buffer("{\"type\":\"fly\",\"id\":\"2\"}"));
        assertThat(it.written()).singleElement().asString().contains("unsupported", "\"2\"");
        for (int i = 0; i < Malformed.MAX_IN_ROW; i++) {
            it.channel.pipeline().fireChannelRead(buffer("{"));
        }
        assertThat(it.written())
                .hasSize(Malformed.MAX_IN_ROW + 1)
                .last()
                .asString()
                .startsWith("8:");
        assertThat(it.stats.closed(CloseReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void barrierAdmitsOnlyHelloAndMakesWay() {
        it.speaking().with(new HelloBarrier(it.connection, it.handler));
        it.channel.pipeline().fireChannelRead(new Request("1", new Command.Ping()));
        assertThat(it.written()).singleElement().asString().contains("unauthenticated");
        it.channel.pipeline().fireChannelRead(new Request("2", EmbeddedConnection.HELLO));
        assertThat(it.written()).singleElement().asString().contains("welcome");
        assertThat(it.channel.pipeline().get(HelloBarrier.class)).isNull();
        assertThat(it.channel.pipeline().get(SessionHandler.class)).isNotNull();
        assertThat(it.handler.requests).isEmpty();
    }

    @Test
    void barrierClosesASessionAdmittedAfterTheEnd() {
        it.speaking().with(new HelloBarrier(it.connection, it.handler));
        it.channel.pipeline().fireChannelRead(new Request("2", new Command.Hello("wait", EmbeddedConnection.DEVICE)));
        assertThat(it.intake.isPaused(Intake.Pause.HELLO)).isTrue();
        var _ = it.channel.close();
        var late = it.handler.admit(it.handler.waiting.remove());
        it.settle();
        assertThat(it.handler.closed).containsExactly(late);
    }

    @Test
    void sessionHandsOnInOrderAndRefusesASecondHello() {
        it.speaking();
        it.with(new SessionHandler(it.connection, it.handler, it.session()));
        it.channel.pipeline().fireChannelRead(new Request("1", new Command.Ping()));
        it.channel.pipeline().fireChannelRead(new Request("2", EmbeddedConnection.HELLO));
        it.channel.pipeline().fireChannelRead(new Request("3", new Command.Received(FakeHandler.CONVERSATION, 4)));
        assertThat(it.handler.requests).extracting(Request::id).containsExactly("1", "3");
        var written = it.written();
        assertThat(written).hasSize(3);
        assertThat(written.get(1)).contains("conflict", "\"2\"");
        it.channel.pipeline().fireChannelRead(new Request("4", new Command.Bye()));
        assertThat(it.written())
                .satisfiesExactly(
                        ok -> assertThat(ok).contains("\"4\""),
                        close -> assertThat(close).startsWith("8:"));
        assertThat(it.handler.closed).hasSize(1);
    }

    @Test
    void aSessionWithAPushUnacknowledgedIsProbedThenClosed() {
        it.speaking();
        it.session();
        it.connection.push(new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, 1, 3)), Weight.DIRECT);
        assertThat(it.written()).hasSize(1);
        it.pass(Duration.ofSeconds(14));
        assertThat(it.written()).isEmpty();
        it.pass(Duration.ofSeconds(1));
        assertThat(it.written()).containsExactly("9:");
        it.pass(Duration.ofSeconds(1));
        it.connection.arrived(1);
        it.pass(Duration.ofSeconds(10));
        assertThat(it.written()).isEmpty();
        it.pass(Duration.ofSeconds(15));
        assertThat(it.written()).containsExactly("9:");
        it.pass(Duration.ofSeconds(6));
        assertThat(it.written()).first().asString().contains("idle");
        assertThat(it.stats.closed(CloseReason.IDLE)).isEqualTo(1);
    }

    @Test
    void aSessionSilentForTwoHeartbeatsIsClosed() {
        it.speaking();
        it.session();
        it.pass(Duration.ofSeconds(60));
        assertThat(it.written()).isEmpty();
        it.pass(Duration.ofMillis(1));
        assertThat(it.written()).first().asString().contains("idle");
        assertThat(it.handler.closed).hasSize(1);
    }

    @Test
    void lastResortEndsOnWhateverWasThrown() {
        it.speaking().with(new LastResort(it.connection));
        it.channel
                .pipeline()
                .fireExceptionCaught(
                        new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "too big"));
        assertThat(it.stats.closed(CloseReason.TOO_LARGE)).isEqualTo(1);
        assertThat(it.written()).singleElement().asString().startsWith("8:").contains("too-large");

        var other = new EmbeddedConnection().speaking();
        other.with(new LastResort(other.connection));
        other.channel.pipeline().fireExceptionCaught(new IOException("reset"));
        assertThat(other.stats.closed(CloseReason.GONE)).isEqualTo(1);
        assertThat(other.channel.isOpen()).isFalse();

        var third = new EmbeddedConnection().speaking();
        third.with(new LastResort(third.connection));
        third.channel.pipeline().fireExceptionCaught(new IllegalStateException("a bug"));
        third.channel.pipeline().fireExceptionCaught(new IllegalStateException("a bug"));
        assertThat(third.stats.closed(CloseReason.FAULT)).isEqualTo(1);
        assertThat(third.written()).singleElement().asString().startsWith("8:");
    }

    @Test
    void oneEventIsEncodedOnceForAllReceivers() {
        var events = new EncodedEvents(it.wire, it.channel.alloc());
        var event = new Event.Typing(FakeHandler.CONVERSATION, 1, true);
        var first = events.frameOf(event);
        var second = events.frameOf(event);
        var equal = events.frameOf(new Event.Typing(FakeHandler.CONVERSATION, 1, true));
        assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
        assertThat(equal).isEqualTo(first);
        for (var frame : List.of(first, second, equal)) {
            frame.release();
        }
        events.clear();
        assertThat(equal.refCnt()).isZero();
        assertThat(first.refCnt()).isZero();
    }

    private WebSocketMessages messages() {
        return new WebSocketMessages(it.connection, it.malformed, it.stats, 8, false);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
