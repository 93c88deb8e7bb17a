package io.magpie.adapter.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One request at a time, each within its time. Blocks.
final class Requests implements AutoCloseable {
    static final String SIGNATURE = "Magpie-Signature";

    private final WebhookSettings settings;
    private final @Nullable Signature signature;
    private final InstantSource clock;
    private final HttpClient client;

    /// What the other end said.
    sealed interface Answer {
        record Taken() implements Answer {}

        /// It will never take this one.
        record Refused(String why) implements Answer {}

        record Failed(String why) implements Answer {}
    }

    Requests(WebhookSettings settings, InstantSource clock) {
        this.settings = settings;
        this.signature = settings.secret() == null ? null : new Signature(settings.secret());
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    Answer post(List<byte[]> items) throws InterruptedException {
        byte[] body = Payload.body(items);
        var request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (signature != null) {
            request.header(SIGNATURE, signature.of(body, clock.millis()));
        }
        var answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            return answer(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode());
        } catch (TimeoutException _) {
            return new Answer.Failed("no answer within " + settings.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Answer.Failed(cause(e));
        } finally {
            answer.cancel(true);
        }
    }

    private static String cause(ExecutionException e) {
        var cause = e.getCause();
        return cause instanceof IOException ? String.valueOf(cause) : String.valueOf(e);
    }

    private static Answer answer(int status) {
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        boolean later = status >= 500 || status == 429 || status == 408;
        return later ? new Answer.Failed("status " + status) : new Answer.Refused("status " + status);
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
