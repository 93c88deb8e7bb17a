package io.magpie.adapter.webhook;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// @param url `http` or `https`
/// @param secret what requests are signed with; null leaves them unsigned
/// @param timeout how long one request may take
/// @param queueBytes what may wait
/// @param retry the pause after the first failure; it doubles with each further one, up to a minute
public record WebhookSettings(URI url, @Nullable String secret, Duration timeout, int queueBytes, Duration retry) {
    @Override
    public String toString() {
        return "webhook " + url.getScheme() + "://" + url.getHost();
    }
}
