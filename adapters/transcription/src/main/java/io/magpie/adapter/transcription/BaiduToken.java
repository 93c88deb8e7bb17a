package io.magpie.adapter.transcription;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// The access token that an API key and its secret are good for, asked for once a month.
final class BaiduToken {
    /// Before it ends.
    private static final long EARLY_MS = TimeUnit.HOURS.toMillis(1);

    private final Calls calls;
    private final URI url;
    private final String form;
    private final InstantSource clock;
    private String token = "";
    private long until;

    BaiduToken(Calls calls, URI url, String apiKey, String secretKey, InstantSource clock) {
        this.calls = calls;
        this.url = url;
        this.form =
                "grant_type=client_credentials&client_id=" + encoded(apiKey) + "&client_secret=" + encoded(secretKey);
        this.clock = clock;
    }

    sealed interface Got {
        record Token(String text) implements Got {}

        record Failed(Calls.Answer answer) implements Got {}
    }

    /// One asks, the others wait for it.
    synchronized Got get() throws InterruptedException {
        if (!token.isEmpty() && clock.millis() < until) {
            return new Got.Token(token);
        }
        var answer = calls.send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        var fresh = answer.body().path("access_token");
        if (!answer.ok() || !fresh.isString() || fresh.stringValue().isEmpty()) {
            return new Got.Failed(answer);
        }
        token = fresh.stringValue();
        long lifeMs = TimeUnit.SECONDS.toMillis(answer.body().path("expires_in").asLong(0));
        until = clock.millis() + Math.max(0, lifeMs - EARLY_MS);
        return new Got.Token(token);
    }

    /// The other end says that this one is not good.
    synchronized void drop(String bad) {
        if (token.equals(bad)) {
            token = "";
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
