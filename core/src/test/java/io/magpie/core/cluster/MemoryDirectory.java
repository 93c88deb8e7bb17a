package io.magpie.core.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A directory between nodes of one process, for tests. It can be wiped and be down.
public final class MemoryDirectory implements Directory {
    /// What all nodes share.
    public static final class Table {
        private final Map<Long, Set<Incarnation>> users = new HashMap<>();
        private final Map<Long, Set<Incarnation>> groups = new HashMap<>();
        private long wiped;
        private boolean down;

        public MemoryDirectory join(Incarnation me) {
            return new MemoryDirectory(this, me);
        }

        public synchronized void wipe() {
            users.clear();
            groups.clear();
            wiped++;
        }

        public synchronized void down(boolean now) {
            down = now;
        }

        public synchronized int rows() {
            return users.size() + groups.size();
        }
    }

    private final Table table;
    private final Incarnation me;
    private long seen;

    private MemoryDirectory(Table table, Incarnation me) {
        this.table = table;
        this.me = me;
    }

    @Override
    public void add(Collection<Long> users, Collection<Long> groups) {
        synchronized (table) {
            answer();
            users.forEach(user ->
                    table.users.computeIfAbsent(user, _ -> new HashSet<>()).add(me));
            groups.forEach(group ->
                    table.groups.computeIfAbsent(group, _ -> new HashSet<>()).add(me));
        }
    }

    @Override
    public void remove(Collection<Long> users, Collection<Long> groups) {
        synchronized (table) {
            answer();
            users.forEach(user -> withdraw(table.users, user, me));
            groups.forEach(group -> withdraw(table.groups, group, me));
        }
    }

    @Override
    public Found find(Collection<Long> users, Collection<Long> groups) {
        synchronized (table) {
            answer();
            return new Found(others(table.users, users), others(table.groups, groups));
        }
    }

    @Override
    public boolean intact() {
        synchronized (table) {
            answer();
            boolean intact = seen == table.wiped;
            seen = table.wiped;
            return intact;
        }
    }

    @Override
    public Set<Incarnation> holders() {
        synchronized (table) {
            answer();
            Set<Incarnation> holders = new HashSet<>();
            table.users.values().forEach(holders::addAll);
            table.groups.values().forEach(holders::addAll);
            return holders;
        }
    }

    @Override
    public Set<Long> forget(Incarnation dead) {
        synchronized (table) {
            answer();
            Set<Long> held = new HashSet<>(table.users.keySet());
            held.removeIf(user -> !table.users.getOrDefault(user, Set.of()).contains(dead));
            held.forEach(user -> withdraw(table.users, user, dead));
            Set.copyOf(table.groups.keySet()).forEach(group -> withdraw(table.groups, group, dead));
            return held;
        }
    }

    @Override
    public void close() {}

    private void answer() {
        if (table.down) {
            throw new UnavailableException("the table is down", new IllegalStateException("as the test wants it"));
        }
    }

    private Map<Long, Set<Incarnation>> others(Map<Long, Set<Incarnation>> rows, Collection<Long> ids) {
        Map<Long, Set<Incarnation>> found = new HashMap<>();
        for (long id : ids) {
            var holders = new HashSet<>(rows.getOrDefault(id, Set.of()));
            holders.remove(me);
            if (!holders.isEmpty()) {
                found.put(id, holders);
            }
        }
        return found;
    }

    private static void withdraw(Map<Long, Set<Incarnation>> rows, long id, Incarnation holder) {
        rows.computeIfPresent(id, (_, holders) -> {
            holders.remove(holder);
            return holders.isEmpty() ? null : holders;
        });
    }
}
