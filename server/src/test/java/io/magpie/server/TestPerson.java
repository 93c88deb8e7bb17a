package io.magpie.server;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.account.Accounts;
import io.magpie.core.device.Device;
import io.magpie.core.device.Logins;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Somebody with an account, a login and a WebSocket.
final class TestPerson implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    final long id;
    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private TestPerson(long id, HttpClient http, int port) {
        this.id = id;
        this.socket = http.newWebSocketBuilder()
                .subprotocols("magpie.v1.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Listener())
                .join();
    }

    static TestPerson connected(SqliteStore store, HttpClient http, int port, String name) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        long now = System.currentTimeMillis();
        var outcome = store.transact(tx -> {
                    var account = tx.on(Accounts.Edits.class)
                            .insert(name, "no hash", null, name, "", now)
                            .orElseThrow();
                    tx.on(Logins.Edits.class)
                            .open(account.id(), new Device("d", Platform.BOT, ""), hash, now, now + 600_000);
                    return Outcome.done(account.id());
                })
                .outcome();
        if (!(outcome instanceof Outcome.Done<Long>(Long id))) {
            throw new AssertionError(outcome);
        }
        var person = new TestPerson(id, http, port);
        person.say("""
                {"type":"hello","id":"h","token":"%s","device":{"id":"d","platform":"bot"}}""".formatted(name));
        person.hears("\"welcome\"");
        return person;
    }

    void say(String frame) {
        socket.sendText(frame, true).join();
    }

    /// The next frame that contains the text.
    String hears(String text) throws InterruptedException {
        while (true) {
            String frame = frames.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing with " + text + " came");
            }
            if (frame.contains(text)) {
                return frame;
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                frames.add(frame.toString());
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
