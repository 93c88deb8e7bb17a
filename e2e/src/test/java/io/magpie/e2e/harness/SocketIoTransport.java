package io.magpie.e2e.harness;

import io.magpie.client.Transport;
import io.magpie.protocol.Codec;
import io.magpie.protocol.json.JsonCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Socket.IO on a WebSocket, packet by packet, so that frames come exactly as the server wrote them: `hello` is the
/// CONNECT, other requests are events `magpie` with an acknowledgement. What the server says in the dialect besides is
/// kept. For one connection.
public final class SocketIoTransport implements Transport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PUSH = "42[\"magpie\",";
    private static final String WELCOME = "{\"type\":\"welcome\"";

    private final HttpClient http;
    private final JsonCodec codec = new JsonCodec();
    private final List<Said> dialect = new CopyOnWriteArrayList<>();

    /// An event of the dialect.
    public record Said(String event, JsonNode argument) {}

    public SocketIoTransport(HttpClient http) {
        this.http = http;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    /// So far, in order.
    public List<Said> dialect() {
        return List.copyOf(dialect);
    }

    @Override
    public void open(URI address, Listener listener) {
        var page = new Page(listener, dialect);
        var _ = http.newWebSocketBuilder().buildAsync(address, page).exceptionally(e -> {
            listener.closed(String.valueOf(e.getMessage()));
            return null;
        });
    }

    private static final class Page implements WebSocket.Listener, Link {
        private final Listener listener;
        private final List<Said> dialect;
        private final StringBuilder packet = new StringBuilder();
        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
        private CompletableFuture<?> written = CompletableFuture.completedFuture(null);
        private @Nullable String hello;
        private int asked;

        Page(Listener listener, List<Said> dialect) {
            this.listener = listener;
            this.dialect = dialect;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket.complete(opened);
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            packet.append(part);
            if (last) {
                String whole = packet.toString();
                packet.setLength(0);
                read(from, whole);
            } else {
                from.request(1);
            }
            return null;
        }

        private void read(WebSocket from, String text) {
            if (text.startsWith(PUSH)) {
                String frame = text.substring(PUSH.length(), text.length() - 1);
                hear(frame.startsWith(WELCOME) ? answerToHello(frame) : frame);
            } else if (text.startsWith("43")) {
                hear(text.substring(text.indexOf('[') + 1, text.length() - 1));
            } else if (text.startsWith("44")) {
                var refusal = JSON.readTree(text.substring(2));
                hear(answerToHello("{\"type\":\"error\",\"code\":"
                        + refusal.path("data").path("code") + ",\"message\":" + refusal.path("message") + "}"));
            } else {
                if (text.startsWith("0")) {
                    listener.opened(this);
                } else if (text.startsWith("42")) {
                    var event = JSON.readTree(text.substring(2));
                    dialect.add(new Said(event.path(0).asString(), event.path(1)));
                } else if (text.equals("2")) {
                    write("3");
                }
                from.request(1);
            }
        }

        private void hear(String frame) {
            listener.frame(frame.getBytes(StandardCharsets.UTF_8));
        }

        private String answerToHello(String frame) {
            int afterType = frame.indexOf(',');
            return frame.substring(0, afterType) + ",\"id\":\"" + hello + "\"" + frame.substring(afterType);
        }

        @Override
        public void send(byte[] frame) {
            String text = new String(frame, StandardCharsets.UTF_8);
            if (hello == null) {
                var request = JSON.readTree(text);
                hello = request.path("id").asString();
                write("40{\"token\":" + request.path("token") + ",\"device\":" + request.path("device") + "}");
            } else {
                write("42" + asked++ + "[\"magpie\"," + text + "]");
            }
        }

        private synchronized void write(String text) {
            written = written.thenCompose(_ -> socket.join().sendText(text, true));
        }

        @Override
        public void pull() {
            // The first is on its way since the connection is open.
            if (hello != null) {
                socket.join().request(1);
            }
        }

        @Override
        public void close() {
            abort();
        }

        @Override
        public void abort() {
            socket.join().abort();
            listener.closed("closed");
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            listener.closed("closed by the server: " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            listener.closed("connection lost");
        }
    }
}
