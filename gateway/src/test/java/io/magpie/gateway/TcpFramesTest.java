package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Event;
import io.magpie.protocol.protobuf.ProtobufCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The framing of the TCP port alone.
class TcpFramesTest {
    private static final int MAX = 300;

    private final EmbeddedConnection it = new EmbeddedConnection();

    TcpFramesTest() {
        it.speaking().with(new TcpFrames(it.connection, it.stats, MAX));
    }

    @AfterEach
    void release() {
        it.channel.finishAndReleaseAll();
    }

    @Test
    void framesAreFoundHoweverTheyArrive() {
        byte[] bytes = new byte[1 + 3 + 1 + 2 + MAX];
        bytes[0] = 3;
        bytes[1] = 'a';
        bytes[4] = 0;
        bytes[5] = (byte) (0x80 | (MAX & 0x7F));
        bytes[6] = (byte) (MAX >> 7);
        for (int piece = 1; piece <= bytes.length; piece++) {
            for (int at = 0; at < bytes.length; at += piece) {
                receive(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            }
            assertThat(sizes()).as("in pieces of " + piece).containsExactly(3, 0, MAX);
        }
        assertThat(it.written()).isEmpty();
    }

    @Test
    void aLengthMayBeWrittenLongerThanNeeded() {
        receive(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0x80, 0, 'a'}));
        assertThat(sizes()).containsExactly(1);
    }

    @Test
    void aFrameTooLargeIsAnsweredAndTheLast() {
        receive(Unpooled.wrappedBuffer(new byte[] {1, 'a', (byte) 0xAD, 0x02, 1, 'b'}));
        assertThat(sizes()).containsExactly(1);
        assertThat(it.written()).first().asString().contains("too-large", "frame: 301 bytes (expected: at most 300)");
        assertThat(it.stats.closed(CloseReason.TOO_LARGE)).isEqualTo(1);
        receive(Unpooled.wrappedBuffer(new byte[] {1, 'c'}));
        assertThat(sizes()).isEmpty();
    }

    @Test
    void fiveBytesOfLengthAreFourBillion() {
        receive(Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1, 0x0F}));
        assertThat(it.written()).first().asString().contains("frame: 4294967295 bytes");
    }

    @Test
    void whatIsNoLengthIsAnsweredAndTheLast() {
        receive(Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1, -1, 1, 'a'}));
        assertThat(sizes()).isEmpty();
        assertThat(it.written()).first().asString().contains("malformed", "frame: no length");
        assertThat(it.stats.closed(CloseReason.MALFORMED)).isEqualTo(1);
        assertThat(it.stats.malformed()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenHasItsLengthBeforeIt() {
        var wire = new TcpWire(new ProtobufCodec());
        var reply = wire.probe(it.channel.alloc());
        assertThat(reply.readByte()).isEqualTo((byte) reply.readableBytes());
        reply.release();
        var event = new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, 1, 1000));
        var push = wire.event(it.channel.alloc(), event);
        int length = (push.readByte() & 0x7F) | (push.readByte() << 7);
        assertThat(length).isEqualTo(push.readableBytes());
        push.release();
        assertThat(wire.goodbye(it.channel.alloc(), CloseReason.SLOW).isReadable())
                .isFalse();
    }

    private void receive(ByteBuf bytes) {
        it.channel.pipeline().fireChannelRead(bytes);
    }

    private List<Integer> sizes() {
        var sizes = new ArrayList<Integer>();
        for (var message = it.passed.poll(); message != null; message = it.passed.poll()) {
            var bytes = (ByteBuf) message;
            sizes.add(bytes.readableBytes());
            bytes.release();
        }
        return sizes;
    }
}
