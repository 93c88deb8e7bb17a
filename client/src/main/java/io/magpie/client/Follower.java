package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Entry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Fetches what logs are behind, a few conversations at a time, page by page. On the lane.
final class Follower {
    private static final int AT_ONCE = 4;
    private static final int EMPTY_ANSWERS = 3;
    /// A hole may be only a push overtaken by another one.
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Lane lane;
    private final Uplink uplink;
    private final Logs logs;
    private final ClientSettings settings;
    private final Runnable idle;
    private final Set<ConversationLog> waiting = new LinkedHashSet<>();
    private int fetching;
    /// Of connections; what an earlier one started must not count for this one.
    private long generation;

    /// @param idle told whenever nothing is behind any more
    Follower(Lane lane, Uplink uplink, Logs logs, ClientSettings settings, Runnable idle) {
        this.lane = lane;
        this.uplink = uplink;
        this.logs = logs;
        this.settings = settings;
        this.idle = idle;
    }

    boolean isIdle() {
        return fetching == 0 && waiting.isEmpty();
    }

    /// A push left a hole.
    void soon(ConversationLog log) {
        long during = generation;
        lane.after(GRACE, () -> {
            if (during == generation) {
                now(log);
            }
        });
    }

    void now(ConversationLog log) {
        if (log.behind() && waiting.add(log)) {
            next();
        }
    }

    void disconnected() {
        generation++;
        waiting.clear();
        fetching = 0;
    }

    private void next() {
        while (uplink.online() && fetching < AT_ONCE && !waiting.isEmpty()) {
            ConversationLog log = waiting.iterator().next();
            waiting.remove(log);
            if (log.behind()) {
                fetching++;
                fetch(log, 0);
            }
        }
        if (isIdle()) {
            idle.run();
        }
    }

    private boolean tooFar(ConversationLog log) {
        return settings.catchUp() == CatchUp.RECENT && log.known() - log.high() > settings.recent();
    }

    private void fetch(ConversationLog log, int emptyAnswers) {
        boolean jump = tooFar(log);
        Command.Range range = jump ? new Command.Range.Before(log.known() + 1) : new Command.Range.After(log.high());
        int limit = jump ? Command.History.DEFAULT_LIMIT : Command.History.MAX_LIMIT;
        CompletableFuture<Reply> answer = uplink.request(new Command.History(log.id(), range, limit));
        long during = generation;
        var _ = answer.whenComplete((reply, error) -> {
            if (during != generation) {
                return;
            }
            if (reply instanceof Reply.Entries(var _, List<Entry> entries, var _)) {
                took(log, entries, emptyAnswers);
            } else {
                failed(log, error, emptyAnswers);
            }
        });
    }

    private void took(ConversationLog log, List<Entry> entries, int emptyAnswers) {
        if (!entries.isEmpty()) {
            // The server has nothing visible before the first of them.
            logs.skipTo(log, entries.getFirst().seq() - 1);
            entries.forEach(entry -> logs.hand(log, log.offer(entry)));
        } else if (emptyAnswers + 1 >= EMPTY_ANSWERS) {
            logs.skipTo(log, log.beforeEarly());
        } else if (log.behind()) {
            again(log, AGAIN, emptyAnswers + 1);
            return;
        }
        if (log.behind()) {
            fetch(log, 0);
        } else {
            done();
        }
    }

    private void failed(ConversationLog log, @Nullable Throwable error, int emptyAnswers) {
        if (!(error instanceof ClientException.Refused refused)) {
            done();
            return;
        }
        switch (refused.rejection().code()) {
            case UNAVAILABLE, RATE_LIMITED, INTERNAL -> {
                long asked = refused.rejection().retryAfterMs();
                again(log, AGAIN.plusMillis(asked), emptyAnswers);
            }
            case MALFORMED,
                    TOO_LARGE,
                    UNSUPPORTED,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    NOT_MEMBER,
                    BLOCKED,
                    MUTED,
                    CONFLICT,
                    REJECTED -> {
                log.giveUp();
                done();
            }
        }
    }

    private void again(ConversationLog log, Duration delay, int emptyAnswers) {
        long during = generation;
        lane.after(delay, () -> {
            if (during == generation) {
                fetch(log, emptyAnswers);
            }
        });
    }

    private void done() {
        fetching--;
        next();
    }
}
