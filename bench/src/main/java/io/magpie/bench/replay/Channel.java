package io.magpie.bench.replay;

import io.magpie.bench.check.Digest;
import io.magpie.bench.check.History;
import io.magpie.core.conversation.ConversationId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// One log being played in its group: the next line leaves when the one before is acknowledged, so that the file's
/// order is the group's.
final class Channel {
    private static final long LONGEST_NANOS = 600_000_000_000L;

    private final ChatLog log;
    private final ConversationId group;
    private final Map<String, Attendee> speakers;
    private final History history;
    private final AtomicLongArray sentNanos;
    private final Recorder latency = new Recorder(LONGEST_NANOS, 3);
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder ownArrived = new LongAdder();
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private volatile long beganNanos;
    private volatile long lastNanos;
    private long lastSeq;

    /// @param speakers by nick, all online
    Channel(ChatLog log, ConversationId group, Map<String, Attendee> speakers, History history) {
        this.log = log;
        this.group = group;
        this.speakers = speakers;
        this.history = history;
        this.sentNanos = new AtomicLongArray(log.lines().size());
    }

    /// Completes when the last line is acknowledged; fails when one is refused or out of order.
    CompletableFuture<Void> play() {
        beganNanos = System.nanoTime();
        say(0);
        return played;
    }

    private void say(int number) {
        if (number == log.lines().size()) {
            played.complete(null);
            return;
        }
        ChatLog.Line line = log.lines().get(number);
        Attendee speaker = speakers.get(line.nick());
        if (speaker == null) {
            throw new IllegalStateException("nobody speaks for line " + number + " of " + log.name());
        }
        sentNanos.set(number, System.nanoTime());
        String clientId = clientId(number);
        var _ = speaker.say(group, clientId, line.text()).whenComplete((sent, error) -> {
            if (sent == null) {
                played.completeExceptionally(error);
            } else if (sent.seq() <= lastSeq) {
                played.completeExceptionally(new IllegalStateException(
                        log.name() + ": line " + number + " got seq " + sent.seq() + " after " + lastSeq));
            } else {
                lastSeq = sent.seq();
                long sender = speaker.user().getNow(0L);
                history.acknowledged(group.toString(), sent.seq(), Digest.of(sender, clientId, line.text()));
                acknowledged.increment();
                say(number + 1);
            }
        });
    }

    private static String clientId(int number) {
        return "line-" + number;
    }

    /// A member's device was told of a message.
    void arrived(String clientId, boolean own) {
        lastNanos = System.nanoTime();
        if (own) {
            ownArrived.increment();
        } else {
            int number = Integer.parseInt(clientId.substring(clientId.indexOf('-') + 1));
            delivered.increment();
            latency.recordValue(Math.clamp(lastNanos - sentNanos.get(number), 0, LONGEST_NANOS));
        }
    }

    ChatLog log() {
        return log;
    }

    ConversationId group() {
        return group;
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    long delivered() {
        return delivered.sum();
    }

    /// What there will be once everything has arrived: each message at every member but its speaker.
    long deliveriesDue() {
        return (long) log.lines().size() * (log.nicks().size() - 1);
    }

    /// Whether every member has every message, speakers their own.
    boolean complete() {
        return delivered.sum() >= deliveriesDue()
                && ownArrived.sum() >= log.lines().size();
    }

    double seconds() {
        return (lastNanos - beganNanos) / 1e9;
    }

    Histogram latency() {
        return latency.getIntervalHistogram();
    }
}
