package io.magpie.server;

import io.magpie.core.delivery.Reconciler;
import io.magpie.core.journal.GroupCommit;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.sync.Cursors;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The threads behind the doors: started before anybody is let in, stopped after everybody has left. Stopping
/// commits what was accepted.
@Component
final class Engine extends Inside {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final long PRESENCE_MS = 250;
    private static final long LAST_SEEN_MS = 5_000;

    private final GroupCommit commit;
    private final Cursors cursors;
    private final Reconciler reconciler;
    private final PresenceService presence;
    // The reconciler is used by one thread at a time; presence may not wait for it.
    private final ScheduledExecutorService repairs = ticker("reconciler");
    private final ScheduledExecutorService ticks = ticker("ticks");

    Engine(GroupCommit commit, Cursors cursors, Reconciler reconciler, PresenceService presence) {
        this.commit = commit;
        this.cursors = cursors;
        this.reconciler = reconciler;
        this.presence = presence;
    }

    private static ScheduledExecutorService ticker(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).factory());
    }

    @Override
    void begin() {
        commit.start();
        cursors.start();
        every(repairs, Reconciler.HOLE_MS, "looking for holes", reconciler::holes);
        every(repairs, Reconciler.SWEEP_MS, "reconciling", reconciler::sweep);
        every(ticks, PRESENCE_MS, "publishing presence", presence::publish);
        every(ticks, LAST_SEEN_MS, "saving when users were last seen", presence::save);
    }

    private static void every(ScheduledExecutorService ticker, long ms, String what, Runnable task) {
        var _ = ticker.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // Thrown on, it would end the ticking for good.
                        log.error("{} failed; it is tried again", what, e);
                    }
                },
                ms,
                ms,
                TimeUnit.MILLISECONDS);
    }

    @Override
    void end() {
        repairs.shutdown();
        ticks.shutdown();
        try {
            cursors.stop();
            commit.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            log.warn("interrupted while finishing commits");
        }
        presence.save();
        repairs.close();
        ticks.close();
    }
}
