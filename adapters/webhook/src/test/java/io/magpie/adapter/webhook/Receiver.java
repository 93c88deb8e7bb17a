package io.magpie.adapter.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.push.PushNotification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A web server that takes notifications, or behaves otherwise as it is told.
final class Receiver implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new ArrayList<>();
    private final List<PushNotification> taken = new ArrayList<>();
    private boolean hanging;
    private int status = 204;

    record Request(
            String method,
            String path,
            @Nullable String contentType,
            @Nullable String signature,
            String body) {}

    Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hook?of=magpie");
    }

    int port() {
        return server.getAddress().getPort();
    }

    synchronized void hang(boolean now) {
        hanging = now;
        notifyAll();
    }

    synchronized void status(int now) {
        status = now;
    }

    /// Once there are so many.
    synchronized List<PushNotification> taken(int count) {
        awaitUntil(() -> taken.size() >= count);
        return List.copyOf(taken);
    }

    synchronized List<Request> requests(int count) {
        awaitUntil(() -> requests.size() >= count);
        return List.copyOf(requests);
    }

    private interface Condition {
        boolean holds();
    }

    private synchronized void awaitUntil(Condition condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (!condition.holds()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("after " + requests.size() + " requests with " + taken.size());
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        int answer = note(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.getFirst("Content-Type"),
                headers.getFirst(Requests.SIGNATURE),
                body));
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private synchronized int note(Request request) {
        requests.add(request);
        notifyAll();
        try {
            while (hanging) {
                wait();
            }
        } catch (InterruptedException _) {
            return 500;
        }
        if (status < 300) {
            json.readTree(request.body()).path("items").forEach(item -> taken.add(notification(item)));
        }
        notifyAll();
        return status;
    }

    private static PushNotification notification(JsonNode item) {
        var users = new ArrayList<Long>();
        item.path("users").forEach(user -> users.add(user.longValue()));
        var event = item.get("event");
        var text = item.get("text");
        return new PushNotification(
                ConversationId.parse(item.path("conversation").stringValue()).orElseThrow(),
                item.path("seq").longValue(),
                item.path("sender").longValue(),
                item.path("sentAt").longValue(),
                PushNotification.Kind.valueOf(constant(item.path("kind").stringValue())),
                event == null ? null : Body.NoticeEvent.valueOf(constant(event.stringValue())),
                text == null ? null : text.stringValue(),
                users);
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
