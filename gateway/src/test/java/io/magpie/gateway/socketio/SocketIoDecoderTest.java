package io.magpie.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.gateway.engineio.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoDecoderTest {
    private static final int MAX = 10_000;

    private final EmbeddedChannel channel = new EmbeddedChannel(new SocketIoDecoder(MAX));

    private static Message text(String text) {
        return new Message(false, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Message binary(int... bytes) {
        var data = Unpooled.buffer();
        for (int one : bytes) {
            data.writeByte(one);
        }
        return new Message(true, data);
    }

    private static String json(SocketPacket.Arguments arguments) {
        return arguments.json().toString(StandardCharsets.UTF_8);
    }

    @Test
    void packetsAsInTheDescriptionOfTheProtocol() {
        channel.writeInbound(text("0"), text("0/admin,{\"token\":\"123\"}"), text("1/admin,"), text("1"));
        assertThat(channel.<SocketPacket>readInbound()).isEqualTo(new SocketPacket.Connect("/", "{}"));
        assertThat(channel.<SocketPacket>readInbound())
                .isEqualTo(new SocketPacket.Connect("/admin", "{\"token\":\"123\"}"));
        assertThat(channel.<SocketPacket>readInbound()).isEqualTo(new SocketPacket.Disconnect("/admin"));
        assertThat(channel.<SocketPacket>readInbound()).isEqualTo(new SocketPacket.Disconnect("/"));
        channel.writeInbound(text("2/admin,12[\"foo\", {\"a\":[1]},null ]"), text("3/admin,13[\"bar\"]"), text("30[]"));
        assertThat(channel.<SocketPacket.Event>readInbound()).satisfies(event -> {
            assertThat(event.namespace()).isEqualTo("/admin");
            assertThat(event.id()).isEqualTo(12);
            assertThat(event.name()).isEqualTo("foo");
            assertThat(json(event.arguments()).strip()).isEqualTo("{\"a\":[1]},null");
        });
        assertThat(channel.<SocketPacket.Ack>readInbound())
                .satisfies(ack -> assertThat(json(ack.arguments())).isEqualTo("\"bar\""));
        assertThat(channel.<SocketPacket.Ack>readInbound())
                .satisfies(ack -> assertThat(json(ack.arguments())).isEmpty());
    }

    @Test
    void attachmentsAreJoined() {
        channel.writeInbound(text(
                "52-/admin,[\"baz\",{\"_placeholder\":true,\"num\":0},{\"x\":[{\"_placeholder\":true,\"num\":1}]}]"));
        assertThat(channel.<Object>readInbound()).isNull();
        channel.writeInbound(binary(1, 2), binary(3));
        assertThat(channel.<SocketPacket.Event>readInbound()).satisfies(event -> {
            assertThat(event.id()).isEqualTo(SocketPacket.NO_ACK);
            assertThat(event.arguments().attachments())
                    .map(ByteBuf::readableBytes)
                    .containsExactly(2, 1);
        });
        channel.writeInbound(text("61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]"), binary(9));
        assertThat(channel.<SocketPacket.Ack>readInbound())
                .satisfies(ack -> assertThat(ack.id()).isEqualTo(15));
        assertThat(channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "abc",
                "2",
                "2{}",
                "2[]",
                "2[",
                "2[\"a\"",
                "2[\"a\"]x",
                "2[\"a\"][]",
                "2[{}]",
                "2[null]",
                "2abc[\"a\"]",
                "2[\"connect\"]",
                "2[\"disconnect\"]",
                "2[\"newListener\"]",
                "0[]",
                "0x",
                "1{}",
                "3[]",
                "3{}",
                "31{}",
                "4{\"message\":\"x\"}",
                "5[\"a\"]",
                "5x-[\"a\"]",
                "599-[\"a\"]",
                "511-[\"a\"]",
                "50-[\"a\",{\"_placeholder\":true,\"num\":0}",
                "21234567890123456[\"a\"]",
                "2[\"a\",NaN]",
                "2[\"a\",]"
            })
    void whatIsNoPacketClosesTheSession(String wrong) {
        channel.writeInbound(text(wrong));
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void placeholdersMustNameTheAttachmentsThatCome() {
        for (var wrong : List.of(
                "51-[\"a\"]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":9999999999}]")) {
            var one = new EmbeddedChannel(new SocketIoDecoder(MAX));
            one.writeInbound(text(wrong), binary(1));
            assertThat(one.isOpen()).as(wrong).isFalse();
        }
    }

    @Test
    void aTextBetweenAttachmentsAndAttachmentsOfNothingCloseTheSession() {
        channel.writeInbound(text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]"), text("2[\"b\"]"));
        assertThat(channel.isOpen()).isFalse();
        var other = new EmbeddedChannel(new SocketIoDecoder(MAX));
        other.writeInbound(binary(1));
        assertThat(other.isOpen()).isFalse();
    }

    @Test
    void aPacketAndItsAttachmentsAreBoundedTogether() {
        channel.writeInbound(text("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]"));
        channel.writeInbound(new Message(true, Unpooled.buffer(6_000).writeZero(6_000)));
        assertThat(channel.isOpen()).isTrue();
        channel.writeInbound(new Message(true, Unpooled.buffer(6_000).writeZero(6_000)));
        assertThat(channel.isOpen()).isFalse();
    }

    /// What the server encodes is what a decoder of the same protocol reads.
    @Test
    void whatIsWrittenReadsBack() {
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            List<ByteBuf> attachments = new ArrayList<>();
            var json = new StringBuilder("{\"n\":" + random.nextInt() + ",\"t\":\"\u00e9\ud83d\ude00\"}");
            for (int a = random.nextInt(4); a > 0; a--) {
                json.append(",{\"_placeholder\":true,\"num\":")
                        .append(attachments.size())
                        .append('}');
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                attachments.add(Unpooled.wrappedBuffer(bytes));
            }
            var arguments = new SocketPacket.Arguments(
                    Unpooled.wrappedBuffer(json.toString().getBytes(StandardCharsets.UTF_8)), attachments);
            long id = random.nextBoolean() ? SocketPacket.NO_ACK : random.nextInt(1_000_000);
            var namespace = random.nextBoolean() ? "/" : "/n" + random.nextInt(9);
            boolean ack = id != SocketPacket.NO_ACK && random.nextBoolean();
            var alloc = UnpooledByteBufAllocator.DEFAULT;
            messages(
                            ack
                                    ? SocketFrames.ack(alloc, namespace, id, arguments)
                                    : SocketFrames.event(alloc, namespace, id, "name", arguments))
                    .forEach(channel::writeInbound);
            SocketPacket packet = channel.readInbound();
            assertThat(packet.namespace()).isEqualTo(namespace);
            var read = packet instanceof SocketPacket.Event event
                    ? event.arguments()
                    : ((SocketPacket.Ack) packet).arguments();
            assertThat(json(read)).isEqualTo(json.toString());
            assertThat(read.attachments().stream().map(ByteBufUtil::hexDump))
                    .containsExactlyElementsOf(
                            attachments.stream().map(ByteBufUtil::hexDump).toList());
        }
    }

    /// The messages in frames, as a WebSocket would bring them.
    private static List<Message> messages(ByteBuf frames) {
        List<Message> messages = new ArrayList<>();
        while (frames.isReadable()) {
            int opcode = frames.readByte() & 0xF;
            int length = frames.readByte() & 0x7F;
            length = length == 126 ? frames.readUnsignedShort() : length;
            byte[] payload = new byte[length];
            frames.readBytes(payload);
            var data = Unpooled.wrappedBuffer(payload);
            messages.add(new Message(opcode == 2, opcode == 2 ? data : data.skipBytes(1)));
        }
        frames.release();
        return messages;
    }

    @Test
    void noMessageMakesItThrow() {
        var random = new Random(5);
        var good = "52-/a,12[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        int packets = 0;
        for (int i = 0; i < 20_000; i++) {
            var one = i % 100 == 0 ? new EmbeddedChannel(new SocketIoDecoder(MAX)) : channel;
            byte[] bytes = good.substring(random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var fresh = one.isOpen() ? one : new EmbeddedChannel(new SocketIoDecoder(MAX));
            fresh.writeInbound(new Message(false, Unpooled.wrappedBuffer(bytes)));
            if (fresh.isOpen()) {
                fresh.writeInbound(binary(1), binary(2));
            }
            packets += fresh.inboundMessages().size();
            fresh.inboundMessages().clear();
            fresh.checkException();
        }
        assertThat(packets).isPositive();
    }
}
