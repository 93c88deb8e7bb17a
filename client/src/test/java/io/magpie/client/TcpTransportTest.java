package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpTransportTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final TcpTransport transport = new TcpTransport(executor, Trust.usual());
    private final Heard heard = new Heard();
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    TcpTransportTest() throws IOException {}

    @AfterEach
    void end() throws IOException {
        transport.close();
        server.close();
        executor.close();
    }

    @Test
    void framesTravelBothWaysWholeAndInOrder() throws Exception {
        transport.open(address(), heard);
        try (Socket peer = server.accept()) {
            assertThat(heard.next()).isEqualTo("opened");
            String large = "x".repeat(300);
            heard.open().send(large.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 50; i++) {
                heard.open().send(("n" + i).getBytes(StandardCharsets.UTF_8));
            }
            var in = new DataInputStream(peer.getInputStream());
            assertThat(in.readUnsignedByte()).isEqualTo(0xAC);
            assertThat(in.readUnsignedByte()).isEqualTo(2);
            assertThat(new String(in.readNBytes(300), StandardCharsets.UTF_8)).isEqualTo(large);
            for (int i = 0; i < 50; i++) {
                assertThat(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8))
                        .isEqualTo("n" + i);
            }
            byte[] bytes = "\u0003abc\u0000\u0001d".getBytes(StandardCharsets.UTF_8);
            for (byte b : bytes) {
                peer.getOutputStream().write(b);
            }
            for (String expected : new String[] {"frame abc", "frame ", "frame d"}) {
                assertThat(heard.events).as("nothing before it is pulled").isEmpty();
                heard.open().pull();
                assertThat(heard.next()).isEqualTo(expected);
            }
            heard.open().send("last".getBytes(StandardCharsets.UTF_8));
            heard.open().close();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("\u0004last");
            assertThat(heard.next()).isEqualTo("closed closed");
            assertThat(heard.events).isEmpty();
        }
    }

    @Test
    void aLostConnectionIsToldOnce() throws Exception {
        transport.open(address(), heard);
        try (Socket peer = server.accept()) {
            assertThat(heard.next()).isEqualTo("opened");
            heard.open().pull();
            peer.getOutputStream().write(5);
        }
        assertThat(heard.next()).isEqualTo("closed closed by the server");
        assertThat(heard.events).isEmpty();
    }

    @Test
    void aFrameBeyondReasonEndsTheConnection() throws Exception {
        transport.open(address(), heard);
        try (Socket peer = server.accept()) {
            assertThat(heard.next()).isEqualTo("opened");
            heard.open().pull();
            peer.getOutputStream().write(new byte[] {-1, -1, -1, -1, 15});
            assertThat(heard.next()).isEqualTo("closed connection lost: frame: over 8388608 bytes");
        }
    }

    @Test
    void whoCannotBeReachedIsNamed() throws Exception {
        URI closed = address();
        server.close();
        transport.open(closed, heard);
        assertThat(heard.next()).startsWith("closed cannot connect to tcp://127.0.0.1:");
        transport.open(URI.create("ws://127.0.0.1:1/ws"), heard);
        assertThat(heard.next())
                .isEqualTo(
                        "closed cannot connect to ws://127.0.0.1:1/ws: (expected: tcp://HOST:PORT or tls://HOST:PORT)");
    }

    private URI address() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }
}
