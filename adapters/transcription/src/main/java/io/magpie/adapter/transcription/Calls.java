package io.magpie.adapter.transcription;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Requests that end within their time, with answers of bounded size. Blocks; several threads at a time.
final class Calls implements AutoCloseable {
    private static final int ANSWER_BYTES = 1 << 20;
    private static final int NO_ANSWER = 0;

    private final Duration timeout;
    private final HttpClient client;
    private final JsonMapper json = new JsonMapper();

    Calls(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /// @param status 0 if there was no answer
    /// @param body missing where it is no JSON
    /// @param problem what went wrong on the way; empty if there was an answer
    /// @param waitMs what `Retry-After` said, in milliseconds
    record Answer(int status, JsonNode body, String problem, long waitMs) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /// Whether the same request may do better later.
        boolean later() {
            return status == NO_ANSWER || status == 408 || status == 429 || status >= 500;
        }

        String words() {
            return problem.isEmpty() ? "status " + status : problem;
        }
    }

    Answer send(HttpRequest request) throws InterruptedException {
        var sent = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES));
        try {
            var response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), json(response.body()), "", waitMs(response));
        } catch (TimeoutException _) {
            return none("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            var cause = e.getCause();
            return none(cause instanceof IOException ? cause.toString() : e.toString());
        } finally {
            sent.cancel(true);
        }
    }

    JsonMapper json() {
        return json;
    }

    private static Answer none(String problem) {
        return new Answer(NO_ANSWER, MissingNode.getInstance(), problem, 0);
    }

    private JsonNode json(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private static long waitMs(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}") ? TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)) : 0;
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
