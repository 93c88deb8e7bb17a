package io.magpie.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames come out whole, however the bytes were cut on their way.
class FramingTest {
    private static final String STREAM = "<?xml version='1.0'?><stream:stream id='1' xmlns='jabber:client'>"
            + "<stream:features><a/><b>c</b></stream:features>\n<r xmlns='x'/>"
            + "<message><body>t</body></message><message><body>u</body></message>";

    private static List<String> frames(Endpoint.Form form, byte[] bytes, int piece) {
        List<String> frames = new ArrayList<>();
        Connection.Listener listener = new Connection.Listener() {
            @Override
            public void opened(Connection connection) {
                frames.add("opened");
            }

            @Override
            public void frame(Connection connection, byte[] in, int from, int to) {
                frames.add(new String(in, from, to - from, StandardCharsets.UTF_8));
            }

            @Override
            public void closed(Connection connection, String reason) {
                frames.add(reason);
            }
        };
        Endpoint endpoint = new Endpoint("127.0.0.1", 1, form, "");
        EmbeddedChannel channel = new EmbeddedChannel(new Connection(endpoint, "", listener, new Scratch(), 0));
        for (int at = 0; at < bytes.length; at += piece) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }
        channel.releaseOutbound();
        return frames;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void cutsAnXmlStreamIntoItsChildren(int piece) {
        assertThat(frames(Endpoint.Form.XML, STREAM.getBytes(StandardCharsets.UTF_8), piece))
                .containsExactly(
                        "opened",
                        "<stream:stream id='1' xmlns='jabber:client'>",
                        "<stream:features><a/><b>c</b></stream:features>",
                        "<r xmlns='x'/>",
                        "<message><body>t</body></message>",
                        "<message><body>u</body></message>");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void cutsAtLengths(int piece) {
        String large = "y".repeat(300);
        Outgoing out =
                new Outgoing().varint(1).text("x").varint(300).text(large).varint(0);
        byte[] bytes = java.util.Arrays.copyOf(out.array(), out.length());
        assertThat(frames(Endpoint.Form.VARINT, bytes, piece)).containsExactly("opened", "x", large, "");
    }

    @Test
    void aRefusedHandshakeIsTold() {
        byte[] refusal = Scan.ascii("HTTP/1.1 503 Service Unavailable\r\n\r\n");
        assertThat(frames(Endpoint.Form.WEBSOCKET_TEXT, refusal, 1000))
                .containsExactly("refused: HTTP/1.1 503 Service Unavailable");
    }
}
