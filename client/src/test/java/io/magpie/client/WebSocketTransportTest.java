package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
    /// Everything a listener hears, as text.
    private static final class Heard implements Transport.Listener {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        volatile Transport.@Nullable Link link;

        @Override
        public void opened(Transport.Link opened) {
            link = opened;
            events.add("opened");
        }

        @Override
        public void frame(byte[] frame) {
            events.add("frame " + new String(frame, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(String why) {
            events.add("closed " + why);
        }

        @Nullable
        String next() throws InterruptedException {
            return events.poll(20, TimeUnit.SECONDS);
        }

        Transport.Link open() {
            Transport.Link now = link;
            if (now == null) {
                throw new AssertionError("not open");
            }
            return now;
        }
    }

    @Test
    void framesTravelBothWaysWholeAndInOrder() throws IOException, InterruptedException {
        Heard heard = new Heard();
        try (HttpClient http = HttpClient.newHttpClient();
                TinyWebSocketServer server = new TinyWebSocketServer()) {
            new WebSocketTransport(http).open(server.address(), heard);
            server.accept();
            assertThat(server.offered).isEqualTo("magpie.v1.json");
            assertThat(heard.next()).isEqualTo("opened");
            for (int i = 0; i < 50; i++) {
                heard.open().send(("{\"n\":" + i + ",\"t\":\"你好\"}").getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(server.read()).isEqualTo("{\"n\":" + i + ",\"t\":\"你好\"}");
            }
            heard.open().pull();
            byte[] text = "{\"t\":\"你\"}".getBytes(StandardCharsets.UTF_8);
            server.send(false, 1, Arrays.copyOf(text, 7));
            server.send(true, 9, new byte[0]);
            server.send(true, 0, Arrays.copyOfRange(text, 7, text.length));
            assertThat(heard.next()).isEqualTo("frame {\"t\":\"你\"}");
            heard.open().pull();
            server.send(true, 8, new byte[] {0x03, (byte) 0xF1});
            assertThat(heard.next()).isEqualTo("closed closed by the server: 1009");
            assertThat(heard.events).isEmpty();
            http.shutdownNow();
        }
    }

    @Test
    void aLostConnectionAndOneThatNeverWasAreToldOnce() throws IOException, InterruptedException {
        Heard heard = new Heard();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address;
            try (TinyWebSocketServer server = new TinyWebSocketServer()) {
                address = server.address();
                new WebSocketTransport(http).open(address, heard);
                server.accept();
                assertThat(heard.next()).isEqualTo("opened");
                heard.open().pull();
            }
            assertThat(heard.next()).startsWith("closed connection lost");
            Heard never = new Heard();
            new WebSocketTransport(http).open(address, never);
            assertThat(never.next()).startsWith("closed cannot connect to ws://127.0.0.1:");
            assertThat(never.events).isEmpty();
            http.shutdownNow();
        }
    }
}
