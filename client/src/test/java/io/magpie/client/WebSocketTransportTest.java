package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
    @Test
    void framesTravelBothWaysWholeAndInOrder() throws IOException, InterruptedException {
        Heard heard = new Heard();
        try (HttpClient http = HttpClient.newHttpClient();
                TinyWebSocketServer server = new TinyWebSocketServer()) {
            WebSocketTransport.json(http).open(server.address(), heard);
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
                WebSocketTransport.json(http).open(address, heard);
                server.accept();
                assertThat(heard.next()).isEqualTo("opened");
                heard.open().pull();
            }
            assertThat(heard.next()).startsWith("closed connection lost");
            Heard never = new Heard();
            WebSocketTransport.json(http).open(address, never);
            assertThat(never.next()).startsWith("closed cannot connect to ws://127.0.0.1:");
            assertThat(never.events).isEmpty();
            http.shutdownNow();
        }
    }

    @Test
    void protobufTravelsInBinaryMessages() throws IOException, InterruptedException {
        Heard heard = new Heard();
        try (HttpClient http = HttpClient.newHttpClient();
                TinyWebSocketServer server = new TinyWebSocketServer()) {
            WebSocketTransport.protobuf(http).open(server.address(), heard);
            server.accept();
            assertThat(server.offered).isEqualTo("magpie.v1.protobuf");
            assertThat(heard.next()).isEqualTo("opened");
            heard.open().send("abc".getBytes(StandardCharsets.UTF_8));
            assertThat(server.read()).isEqualTo("abc");
            heard.open().pull();
            server.send(false, 2, "de".getBytes(StandardCharsets.UTF_8));
            server.send(true, 0, "f".getBytes(StandardCharsets.UTF_8));
            assertThat(heard.next()).isEqualTo("frame def");
            heard.open().pull();
            server.send(true, 2, "g".getBytes(StandardCharsets.UTF_8));
            assertThat(heard.next()).isEqualTo("frame g");
            http.shutdownNow();
        }
    }
}
