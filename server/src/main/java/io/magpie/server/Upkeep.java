package io.magpie.server;

import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.upkeep.Chore;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the chores, one piece at a time, on one thread of its own. A stop waits for the piece at work only.
final class Upkeep extends Inside {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final long FIRST_MS = 1_000;
    private static final long AGAIN_MS = 10_000;

    private final List<Chore> chores;
    private final ScheduledThreadPoolExecutor thread;

    Upkeep(String name, List<Chore> chores) {
        this.chores = List.copyOf(chores);
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    void begin() {
        chores.forEach(chore -> later(chore, FIRST_MS));
    }

    private void later(Chore chore, long ms) {
        try {
            var _ = thread.schedule(() -> later(chore, next(chore)), ms, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            if (isRunning()) {
                throw e;
            }
        }
    }

    private static long next(Chore chore) {
        try {
            return chore.next();
        } catch (StoreUnavailableException e) {
            log.warn("{} waits for the store: {}", chore.name(), e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} failed; it is tried again", chore.name(), e);
        }
        return AGAIN_MS;
    }

    @Override
    void end() {
        thread.close();
    }
}
