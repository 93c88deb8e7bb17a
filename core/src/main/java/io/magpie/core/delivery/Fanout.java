package io.magpie.core.delivery;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.journal.Answers;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Lane;
import io.magpie.core.session.Session;
import io.magpie.core.session.Weight;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what a commit causes and hands it over as one task per lane. One thread, once.
final class Fanout implements Answers {
    private static final Logger LOG = System.getLogger(Fanout.class.getName());

    private final List<LaneTask> tasks = new ArrayList<>(4);
    private final DeliveryStats stats;

    Fanout(DeliveryStats stats) {
        this.stats = stats;
    }

    @Override
    public void answer(Connection to, @Nullable String requestId, Reply reply) {
        task(to.lane()).add(() -> to.reply(requestId, reply));
    }

    /// To each of the sessions but the one on `except`.
    void push(List<Session> to, Event event, Weight weight, @Nullable Connection except) {
        for (int i = 0; i < to.size(); i++) {
            var connection = to.get(i).connection();
            if (!connection.equals(except)) {
                task(connection.lane()).add(() -> connection.push(event, weight));
                stats.pushes.increment();
            }
        }
    }

    /// To a group's sessions, which are kept by lane.
    void pushShares(List<LaneShare> to, Event event, Weight weight, @Nullable Connection except) {
        for (LaneShare share : to) {
            task(share.lane()).add(() -> share.push(event, weight, except));
            stats.pushes.add(share.connections().size());
        }
    }

    void send() {
        for (LaneTask task : tasks) {
            task.lane.execute(task);
        }
    }

    private LaneTask task(Lane lane) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).lane.equals(lane)) {
                return tasks.get(i);
            }
        }
        var task = new LaneTask(lane);
        tasks.add(task);
        return task;
    }

    private static final class LaneTask implements Runnable {
        private final Lane lane;
        private final List<Runnable> steps = new ArrayList<>();

        LaneTask(Lane lane) {
            this.lane = lane;
        }

        void add(Runnable step) {
            steps.add(step);
        }

        @Override
        public void run() {
            for (int i = 0; i < steps.size(); i++) {
                try {
                    steps.get(i).run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "a push failed", e);
                }
            }
        }
    }
}
