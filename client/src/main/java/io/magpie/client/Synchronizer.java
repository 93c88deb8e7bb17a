package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Fetches the list of conversations that changed, page by page, and again whenever somebody asked meanwhile.
/// On the lane.
final class Synchronizer {
    /// Several reasons to ask usually come together.
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Lane lane;
    private final Uplink uplink;
    private final Consumer<ConversationItem> listed;
    private final Runnable complete;
    private boolean running;
    private boolean wanted;
    private long generation;
    private long since;

    /// @param complete told after each complete list
    Synchronizer(Lane lane, Uplink uplink, Consumer<ConversationItem> listed, Runnable complete) {
        this.lane = lane;
        this.uplink = uplink;
        this.listed = listed;
        this.complete = complete;
    }

    void disconnected() {
        generation++;
        running = false;
        wanted = false;
    }

    /// Where the next list continues.
    long since() {
        return since;
    }

    void continueFrom(long at) {
        since = at;
    }

    /// At once.
    void start() {
        if (running) {
            wanted = true;
            return;
        }
        running = true;
        page(null);
    }

    /// In a moment.
    void request() {
        if (running || wanted || !uplink.online()) {
            wanted = running || wanted;
            return;
        }
        wanted = true;
        later(GATHER, () -> {
            wanted = false;
            start();
        });
    }

    private void page(@Nullable String cursor) {
        long during = generation;
        var _ = uplink.request(new Command.Sync(since, cursor)).whenComplete((reply, error) -> {
            if (during != generation) {
                return;
            }
            if (reply instanceof Reply.Conversations(List<ConversationItem> items, long syncedAt, String next)) {
                items.forEach(listed);
                if (next == null) {
                    finished(syncedAt);
                } else {
                    page(next);
                }
            } else if (error instanceof ClientException.Refused refused) {
                // From the first page: a cursor may be the reason.
                later(AGAIN.plusMillis(refused.rejection().retryAfterMs()), () -> page(null));
            }
        });
    }

    private void finished(long syncedAt) {
        since = syncedAt;
        running = false;
        complete.run();
        if (wanted) {
            wanted = false;
            start();
        }
    }

    private void later(Duration delay, Runnable task) {
        long during = generation;
        lane.after(delay, () -> {
            if (during == generation) {
                task.run();
            }
        });
    }
}
