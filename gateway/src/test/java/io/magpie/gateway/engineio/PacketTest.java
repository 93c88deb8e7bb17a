package io.magpie.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What is written to a session as frames is read back from the payload they become, however many and whatever.
    @Test
    void anyMessagesComeThroughAPayloadUnchanged() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<byte[]> messages = new ArrayList<>();
            List<Boolean> binary = new ArrayList<>();
            var frames = Unpooled.buffer();
            for (int i = random.nextInt(6); i >= 0; i--) {
                boolean isBinary = random.nextBoolean();
                byte[] message = new byte[random.nextInt(round % 50 == 0 ? 70_000 : 300)];
                random.nextBytes(message);
                if (!isBinary) {
                    message = new String(message, StandardCharsets.ISO_8859_1)
                            .replace((char) Packet.SEPARATOR, '.')
                            .getBytes(StandardCharsets.UTF_8);
                }
                messages.add(message);
                binary.add(isBinary);
                var frame = isBinary
                        ? EngineFrames.binary(ALLOCATOR, message.length)
                        : EngineFrames.text(ALLOCATOR, message.length);
                frames.writeBytes(frame).writeBytes(message);
                frame.release();
            }
            var body = Unpooled.buffer();
            EngineFrames.appendPayload(frames, body);
            var packets = Objects.requireNonNull(Packet.payload(body));
            assertThat(packets).hasSameSizeAs(messages);
            for (int i = 0; i < messages.size(); i++) {
                assertThat(packets.get(i).type()).isEqualTo(Packet.Type.MESSAGE);
                assertThat(packets.get(i).binary()).isEqualTo(binary.get(i));
                assertThat(ByteBufUtil.getBytes(packets.get(i).data())).isEqualTo(messages.get(i));
            }
        }
    }

    @Test
    void whatIsNoPacketIsNull() {
        for (var text : List.of(
                "", "7", "x", "-1", " 4", "b!", "bA", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "4a\u001e9")) {
            assertThat(Packet.payload(bytes(text))).as(text).isNull();
        }
        assertThat(Packet.payload(Unpooled.wrappedBuffer(new byte[] {'4', (byte) 0xC3, (byte) 0x28})))
                .isNull();
        assertThat(Packet.text(bytes("b"))).isNull();
    }

    @Test
    void everyTypeHasItsDigit() {
        for (var type : Packet.Type.values()) {
            var packet = Objects.requireNonNull(Packet.text(bytes(type.digit() + "probe")));
            assertThat(packet.type()).isEqualTo(type);
            assertThat(packet.isProbe()).isEqualTo(type == Packet.Type.PING);
        }
        assertThat(Packet.text(bytes("2"))).matches(packet -> packet != null && !packet.isProbe());
    }

    @Test
    void noBytesMakeItThrow() {
        var random = new Random(11);
        int packets = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte)
                        (random.nextBoolean() ? "0123456b\u001e=AQ".charAt(random.nextInt(12)) : random.nextInt(256));
            }
            var all = Packet.payload(Unpooled.wrappedBuffer(noise));
            packets += all == null ? 0 : all.size();
        }
        assertThat(packets).isPositive();
    }
}
