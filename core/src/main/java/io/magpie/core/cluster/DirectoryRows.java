package io.magpie.core.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps the rows of this node in the directory as its sessions are: what changes at the same time is written
/// in one call, what the directory did not take is written again, and what it lost is written anew within 30 s.
///
/// One writer thread of its own; the memory is that of the users and groups held.
public final class DirectoryRows implements Holdings, AutoCloseable {
    private static final Logger LOG = System.getLogger(DirectoryRows.class.getName());
    private static final int CHUNK = 5_000;

    /// Hears what became of the rows, on the writer thread; may block.
    public interface Listener {
        /// From now on every node finds this one for these groups.
        void groupsFound(Collection<Long> groups);

        /// For some time others may not have found this node.
        void rowsLost();
    }

    private final Directory directory;
    private final Listener listener;
    private final RelayStats stats;
    private final long checkMs;
    private final Rows users = new Rows();
    private final Rows groups = new Rows();
    private final Thread writer;
    private long asked;
    private long done;
    private boolean failing;
    private boolean closing;

    /// What is held and what of it the directory does not know yet. Guarded by the monitor of [DirectoryRows].
    private static final class Rows {
        private final Set<Long> held = new HashSet<>();
        private Map<Long, Boolean> changed = new HashMap<>();

        void set(long id, boolean hold) {
            if (hold ? held.add(id) : held.remove(id)) {
                changed.put(id, hold);
            }
        }

        Map<Long, Boolean> take() {
            var taken = changed;
            changed = new HashMap<>();
            return taken;
        }

        /// What was not written and has not changed again since.
        void giveBack(Map<Long, Boolean> taken) {
            taken.forEach(changed::putIfAbsent);
        }

        void again() {
            held.forEach(id -> changed.put(id, true));
        }
    }

    /// @param checkMs how often to look whether the directory still has the rows
    public DirectoryRows(Directory directory, Listener listener, RelayStats stats, long checkMs) {
        this.directory = directory;
        this.listener = listener;
        this.stats = stats;
        this.checkMs = checkMs;
        this.writer = Thread.ofPlatform().daemon().name("directory").unstarted(this::run);
    }

    public void start() {
        writer.start();
    }

    @Override
    public synchronized void holdUser(long user) {
        users.set(user, true);
        changed();
    }

    @Override
    public synchronized void releaseUser(long user) {
        users.set(user, false);
        changed();
    }

    @Override
    public synchronized void holdGroup(long group) {
        groups.set(group, true);
        changed();
    }

    @Override
    public synchronized void releaseGroup(long group) {
        groups.set(group, false);
        changed();
    }

    private void changed() {
        asked++;
        notifyAll();
    }

    @Override
    public synchronized boolean settle(Duration within) {
        long mine = asked;
        long deadline = System.nanoTime() + within.toNanos();
        try {
            while (done < mine && !failing && !closing) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                wait(leftMs);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return done >= mine;
    }

    /// Writes what changed before, if the directory answers, and stops.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            writer.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                more = await();
                write();
            } catch (Directory.UnavailableException e) {
                stats.lookUpFailures.increment();
                LOG.log(Level.WARNING, "the directory does not answer: {0}", e.getMessage());
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the directory's rows were not written; it is tried again", e);
            }
        }
    }

    /// Until something changed or it is time to look. False when closing.
    private boolean await() throws InterruptedException {
        boolean due;
        synchronized (this) {
            long deadline = System.nanoTime() + 1_000_000 * (failing ? Math.min(checkMs, 1_000) : checkMs);
            long leftMs = checkMs;
            while (leftMs > 0 && !closing && (failing || !anyChanged())) {
                leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs > 0) {
                    wait(leftMs);
                }
            }
            due = !closing && leftMs <= 0;
        }
        if (due) {
            check();
        }
        synchronized (this) {
            return !closing;
        }
    }

    private boolean anyChanged() {
        return !users.changed.isEmpty() || !groups.changed.isEmpty();
    }

    private void check() {
        try {
            if (directory.intact()) {
                return;
            }
        } catch (RuntimeException e) {
            fail(true);
            throw e;
        }
        stats.rowsLost.increment();
        LOG.log(Level.WARNING, "the directory has lost rows of this node; they are written again");
        synchronized (this) {
            users.again();
            groups.again();
            asked++;
        }
        write();
        listener.rowsLost();
    }

    private void write() {
        Map<Long, Boolean> changedUsers;
        Map<Long, Boolean> changedGroups;
        long upTo;
        synchronized (this) {
            changedUsers = users.take();
            changedGroups = groups.take();
            upTo = asked;
        }
        try {
            inChunks(changedUsers, changedGroups, true);
            inChunks(changedUsers, changedGroups, false);
        } catch (RuntimeException e) {
            synchronized (this) {
                users.giveBack(changedUsers);
                groups.giveBack(changedGroups);
            }
            fail(true);
            throw e;
        }
        synchronized (this) {
            done = upTo;
        }
        fail(false);
        var found = ids(changedGroups, true);
        if (!found.isEmpty()) {
            listener.groupsFound(found);
        }
    }

    private synchronized void fail(boolean now) {
        failing = now;
        notifyAll();
    }

    private void inChunks(Map<Long, Boolean> changedUsers, Map<Long, Boolean> changedGroups, boolean hold) {
        var userIds = ids(changedUsers, hold);
        var groupIds = ids(changedGroups, hold);
        for (int from = 0; from < Math.max(userIds.size(), groupIds.size()); from += CHUNK) {
            var us = part(userIds, from);
            var gs = part(groupIds, from);
            if (hold) {
                directory.add(us, gs);
            } else {
                directory.remove(us, gs);
            }
        }
    }

    private static List<Long> part(List<Long> ids, int from) {
        return from >= ids.size() ? List.of() : ids.subList(from, Math.min(ids.size(), from + CHUNK));
    }

    private static List<Long> ids(Map<Long, Boolean> changed, boolean hold) {
        var ids = new ArrayList<Long>();
        changed.forEach((id, held) -> {
            if (held == hold) {
                ids.add(id);
            }
        });
        return ids;
    }
}
