package io.magpie.client;

import io.magpie.protocol.Codec;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The JDK's WebSocket: text messages of JSON, or binary ones of protobuf.
public final class WebSocketTransport implements Transport {
    /// Of a frame received, in bytes or characters; a full page of the longest messages stays below.
    static final int MAX_FRAME = 8 << 20;

    /// The JDK's code for a connection that just ended.
    private static final int NO_CLOSE_FRAME = 1006;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Codec codec;
    private final String subprotocol;
    private final boolean binary;

    private WebSocketTransport(HttpClient http, Codec codec, String subprotocol, boolean binary) {
        this.http = http;
        this.codec = codec;
        this.subprotocol = subprotocol;
        this.binary = binary;
    }

    public static WebSocketTransport json(HttpClient http) {
        return new WebSocketTransport(http, new JsonCodec(), "magpie.v1.json", false);
    }

    public static WebSocketTransport protobuf(HttpClient http) {
        return new WebSocketTransport(http, new ProtobufCodec(), "magpie.v1.protobuf", true);
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public void open(URI address, Listener listener) {
        Socket socket = new Socket(listener, binary);
        CompletableFuture<WebSocket> connecting;
        try {
            connecting = http.newWebSocketBuilder()
                    .subprotocols(subprotocol)
                    .connectTimeout(CONNECT_WITHIN)
                    .buildAsync(address, socket);
        } catch (IllegalArgumentException e) {
            connecting = CompletableFuture.failedFuture(e);
        }
        var _ = connecting.exceptionally(e -> {
            socket.closed("cannot connect to " + address + reason(e));
            return null;
        });
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? "" : ": " + cause.getMessage();
    }

    private static final class Socket implements WebSocket.Listener, Link {
        private final Listener listener;
        private final boolean binary;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        private final Deque<byte[]> outgoing = new ArrayDeque<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private @Nullable WebSocket webSocket;
        private boolean sending;
        private boolean closing;

        Socket(Listener listener, boolean binary) {
            this.listener = listener;
            this.binary = binary;
        }

        @Override
        public void onOpen(WebSocket opened) {
            synchronized (this) {
                webSocket = opened;
            }
            listener.opened(this);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            if (text.length() + part.length() > MAX_FRAME) {
                from.abort();
                closed("frame: over " + MAX_FRAME + " characters");
                return null;
            }
            text.append(part);
            if (!last) {
                from.request(1);
                return null;
            }
            byte[] frame = text.toString().getBytes(StandardCharsets.UTF_8);
            text.setLength(0);
            text.trimToSize();
            listener.frame(frame);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            if (bytes.size() + part.remaining() > MAX_FRAME) {
                from.abort();
                closed("frame: over " + MAX_FRAME + " bytes");
                return null;
            }
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            if (last && bytes.size() == 0) {
                listener.frame(copy);
                return null;
            }
            bytes.writeBytes(copy);
            if (!last) {
                from.request(1);
                return null;
            }
            byte[] frame = bytes.toByteArray();
            bytes.reset();
            listener.frame(frame);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed(
                    code == NO_CLOSE_FRAME
                            ? "connection lost"
                            : "closed by the server: " + code + (reason.isEmpty() ? "" : " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed("connection lost" + reason(error));
        }

        void closed(String why) {
            if (over.compareAndSet(false, true)) {
                listener.closed(why);
            }
        }

        @Override
        public void send(byte[] frame) {
            synchronized (this) {
                if (closing || over.get()) {
                    return;
                }
                outgoing.add(frame);
            }
            sendNext();
        }

        /// The JDK takes the next message only after the one before is written.
        private void sendNext() {
            CompletableFuture<WebSocket> written;
            synchronized (this) {
                byte[] next = sending || webSocket == null ? null : outgoing.poll();
                if (next == null || webSocket == null) {
                    return;
                }
                sending = true;
                written = binary
                        ? webSocket.sendBinary(ByteBuffer.wrap(next), true)
                        : webSocket.sendText(new String(next, StandardCharsets.UTF_8), true);
            }
            var _ = written.whenComplete((_, error) -> sent(error));
        }

        private void sent(@Nullable Throwable error) {
            if (error != null) {
                closed("connection lost" + reason(error));
                return;
            }
            boolean finish;
            synchronized (this) {
                sending = false;
                finish = closing && outgoing.isEmpty();
            }
            if (finish) {
                finish();
            } else {
                sendNext();
            }
        }

        @Override
        public void pull() {
            WebSocket open = webSocket();
            if (open != null) {
                open.request(1);
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                closing = true;
                if (sending) {
                    return;
                }
            }
            finish();
        }

        private void finish() {
            WebSocket open = webSocket();
            if (open != null) {
                var _ = open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, _) -> open.abort());
            }
            closed("closed");
        }

        @Override
        public void abort() {
            WebSocket open = webSocket();
            if (open != null) {
                open.abort();
            }
            closed("closed");
        }

        private synchronized @Nullable WebSocket webSocket() {
            return webSocket;
        }
    }
}
