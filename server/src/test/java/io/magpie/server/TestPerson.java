package io.magpie.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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

    /// Registers, logs in and says hello.
    static TestPerson connected(HttpClient http, int httpPort, int realtimePort, String name) throws Exception {
        post(http, httpPort, "accounts", """
                {"username":"%s","password":"correct horse"}""".formatted(name));
        String login = post(http, httpPort, "sessions", """
                {"username":"%s","password":"correct horse","device":{"id":"d","platform":"bot"}}""".formatted(name));
        var person = new TestPerson(Long.parseLong(field(login, "userId")), http, realtimePort);
        person.say("""
                {"type":"hello","id":"h","token":"%s","device":{"id":"d","platform":"bot"}}""".formatted(field(login, "token")));
        person.hears("\"welcome\"");
        return person;
    }

    private static String post(HttpClient http, int port, String what, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError(what + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String field(String json, String name) {
        var field = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
        if (!field.find()) {
            throw new AssertionError("no " + name + " in the answer");
        }
        return field.group(1);
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
