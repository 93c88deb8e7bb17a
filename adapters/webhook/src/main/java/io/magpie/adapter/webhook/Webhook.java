package io.magpie.adapter.webhook;

import io.magpie.core.push.PushNotification;
import io.magpie.core.push.PushNotifications;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// POSTs notifications as JSON to one URL, all that gathered during the last request in the next one.
///
/// A failure (no connection, no answer in time, 408, 429, 5xx) is repeated after a pause that doubles, without end;
/// meanwhile the oldest give way to the newest. Any other status but 2xx means that the other end does not want
/// these: they are dropped. One thread of its own; [#offer] only queues.
public final class Webhook implements PushNotifications {
    private static final Logger LOG = System.getLogger(Webhook.class.getName());
    private static final int BATCH_BYTES = 256 << 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final WebhookSettings settings;
    private final WebhookStats stats;
    private final Outbox outbox;
    private final Requests requests;
    private final Thread sender;
    private @Nullable String trouble;

    public Webhook(WebhookSettings settings, InstantSource clock, WebhookStats stats) {
        this.settings = settings;
        this.stats = stats;
        this.outbox = new Outbox(settings.queueBytes(), stats);
        this.requests = new Requests(settings, clock);
        this.sender = Thread.ofPlatform().daemon().name("webhook").start(this::run);
    }

    @Override
    public void offer(PushNotification notification) {
        outbox.add(Payload.item(notification));
    }

    @Override
    public void close() {
        outbox.close();
        try {
            if (!sender.join(LAST_WORDS)) {
                sender.interrupt();
                sender.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        requests.close();
        outbox.clear();
    }

    private void run() {
        long pauseMs = 0;
        try {
            for (var batch = outbox.take(BATCH_BYTES); !batch.isEmpty(); batch = outbox.take(BATCH_BYTES)) {
                boolean again = !settled(batch);
                if (again && outbox.closed()) {
                    return;
                }
                pauseMs = again ? longer(pauseMs) : 0;
                outbox.pause(pauseMs);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long longer(long pauseMs) {
        return Math.min(Math.max(settings.retry().toMillis(), 2 * pauseMs), LONGEST_PAUSE.toMillis());
    }

    /// False if the batch is to be tried again.
    private boolean settled(List<byte[]> batch) throws InterruptedException {
        boolean answered = false;
        try {
            stats.requests.increment();
            answered = switch (requests.post(batch)) {
                case Requests.Answer.Taken _ -> {
                    stats.delivered.add(batch.size());
                    tell(null);
                    yield true;
                }
                case Requests.Answer.Refused(String why) -> {
                    stats.refused.add(batch.size());
                    tell("refuses notifications: " + why);
                    yield true;
                }
                case Requests.Answer.Failed(String why) -> {
                    stats.failures.increment();
                    tell("does not take notifications: " + why);
                    yield false;
                }
            };
            return answered;
        } finally {
            if (!answered) {
                outbox.putBack(batch);
            }
        }
    }

    /// Once for each change, not for each request.
    private void tell(@Nullable String now) {
        if (now != null && !now.equals(trouble)) {
            LOG.log(Level.WARNING, "{0} {1}", settings, now);
        } else if (now == null && trouble != null) {
            LOG.log(Level.INFO, "{0} takes notifications again", settings);
        }
        trouble = now;
    }
}
