package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;

/// A session from its welcome to its end.
final class Span {
    private final Line.Seen online;
    private final List<Lag> lags = new ArrayList<>();
    private final List<Window> deaf = new ArrayList<>();
    private long deafSince = -1;
    private long until;

    /// @param conversations empty for all
    private record Lag(long at, List<ConversationId> conversations) {}

    /// A stretch of time.
    record Window(long from, long to) {
        long overlap(long start, long end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, start));
        }
    }

    Span(Line.Seen online, long until) {
        this.online = online;
        this.until = until;
    }

    Line.Seen online() {
        return online;
    }

    Where where() {
        return online.where();
    }

    long from() {
        return online.at();
    }

    /// When it ended, or the end of the run.
    long until() {
        return until;
    }

    void end(long at) {
        until = at;
        reading(at, true);
    }

    /// It was told so, or closed for it.
    ///
    /// @param conversations empty for all
    void lagging(long at, List<ConversationId> conversations) {
        lags.add(new Lag(at, conversations));
    }

    boolean laggedWithin(ConversationId conversation, long start, long end) {
        return lags.stream()
                .filter(lag -> lag.at() >= start && lag.at() <= end)
                .anyMatch(lag ->
                        lag.conversations().isEmpty() || lag.conversations().contains(conversation));
    }

    void reading(long at, boolean active) {
        if (!active && deafSince < 0) {
            deafSince = at;
        } else if (active && deafSince >= 0) {
            deaf.add(new Window(deafSince, at));
            deafSince = -1;
        }
    }

    /// When the device did not read what came.
    List<Window> deaf() {
        return deaf;
    }
}
