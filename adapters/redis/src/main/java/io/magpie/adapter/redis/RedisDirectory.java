package io.magpie.adapter.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/// A set of holders per user and per group, and for each holder a set of its rows, written before them, by which
/// others can forget it. A call is one round trip per thousand ids: that many commands are written at once.
///
/// Every change counts up a number of the holder, in Redis and here. When they differ Redis was wiped, or fell
/// back to an older state, and may have lost rows.
public final class RedisDirectory implements Directory {
    private static final int PART = 1_000;
    private static final String USER = "user:";

    private final StatefulRedisConnection<String, String> lookups;
    private final StatefulRedisConnection<String, String> changes;
    private final String prefix;
    private final Incarnation me;
    private final String counter;
    private final String rows;
    private long counted;

    RedisDirectory(
            StatefulRedisConnection<String, String> lookups,
            StatefulRedisConnection<String, String> changes,
            String prefix,
            Incarnation me) {
        this.lookups = lookups;
        this.changes = changes;
        this.prefix = prefix + "directory:";
        this.me = me;
        this.counter = counter(me);
        this.rows = rows(me);
        lookups.setAutoFlushCommands(false);
        changes.setAutoFlushCommands(false);
    }

    /// What is written together.
    private interface Commands {
        void write(RedisAsyncCommands<String, String> out, List<RedisFuture<?>> answers);
    }

    @Override
    public void add(Collection<Long> users, Collection<Long> groups) {
        for (var keys : parts(users, groups)) {
            counted++;
            run(changes, (out, answers) -> {
                answers.add(out.sadd(holdersKey(), name(me)));
                answers.add(out.sadd(rows, keys.toArray(String[]::new)));
                keys.forEach(key -> answers.add(out.sadd(prefix + key, name(me))));
                answers.add(out.incr(counter));
            });
        }
    }

    @Override
    public void remove(Collection<Long> users, Collection<Long> groups) {
        for (var keys : parts(users, groups)) {
            counted++;
            run(changes, (out, answers) -> {
                keys.forEach(key -> answers.add(out.srem(prefix + key, name(me))));
                answers.add(out.srem(rows, keys.toArray(String[]::new)));
                answers.add(out.incr(counter));
            });
        }
    }

    @Override
    public Found find(Collection<Long> users, Collection<Long> groups) {
        Map<String, RedisFuture<Set<String>>> byKey = new HashMap<>();
        for (var keys : parts(users, groups)) {
            run(lookups, (out, answers) -> {
                for (String key : keys) {
                    var answer = out.smembers(prefix + key);
                    byKey.put(key, answer);
                    answers.add(answer);
                }
            });
        }
        return new Found(
                holders(users, RedisDirectory::userKey, byKey), holders(groups, RedisDirectory::groupKey, byKey));
    }

    private Map<Long, Set<Incarnation>> holders(
            Collection<Long> ids, LongFunction<String> key, Map<String, RedisFuture<Set<String>>> answers) {
        Map<Long, Set<Incarnation>> found = new HashMap<>();
        for (long id : ids) {
            Set<Incarnation> holders = new HashSet<>();
            var answer = answers.get(key.apply(id));
            for (String name : answer == null
                    ? Set.<String>of()
                    : answer.toCompletableFuture().join()) {
                var holder = incarnation(name);
                if (!holder.equals(me)) {
                    holders.add(holder);
                }
            }
            if (!holders.isEmpty()) {
                found.put(id, holders);
            }
        }
        return found;
    }

    /// The number is set right, so that a loss is told once.
    @Override
    public boolean intact() {
        List<RedisFuture<String>> asked = new ArrayList<>(1);
        run(changes, (out, answers) -> {
            asked.add(out.get(counter));
            answers.addAll(asked);
        });
        String now = asked.getFirst().toCompletableFuture().join();
        boolean intact = now == null ? counted == 0 : now.equals(Long.toString(counted));
        if (!intact) {
            run(changes, (out, answers) -> answers.add(out.set(counter, Long.toString(counted))));
        }
        return intact;
    }

    @Override
    public Set<Incarnation> holders() {
        List<RedisFuture<Set<String>>> asked = new ArrayList<>(1);
        run(lookups, (out, answers) -> {
            asked.add(out.smembers(holdersKey()));
            answers.addAll(asked);
        });
        Set<Incarnation> holders = new HashSet<>();
        asked.getFirst().toCompletableFuture().join().forEach(name -> holders.add(incarnation(name)));
        return holders;
    }

    /// The counter goes first: should the node live after all, it finds out and adds its rows again.
    @Override
    public Set<Long> forget(Incarnation dead) {
        Set<Long> users = new HashSet<>();
        run(lookups, (out, answers) -> answers.add(out.del(counter(dead))));
        var cursor = ScanCursor.INITIAL;
        do {
            var from = cursor;
            List<RedisFuture<ValueScanCursor<String>>> asked = new ArrayList<>(1);
            run(lookups, (out, answers) -> {
                asked.add(out.sscan(rows(dead), from, ScanArgs.Builder.limit(PART)));
                answers.addAll(asked);
            });
            var page = asked.getFirst().toCompletableFuture().join();
            run(
                    lookups,
                    (out, answers) -> page.getValues().forEach(key -> answers.add(out.srem(prefix + key, name(dead)))));
            page.getValues().stream()
                    .filter(key -> key.startsWith(USER))
                    .forEach(key -> users.add(Long.parseLong(key.substring(USER.length()))));
            cursor = page;
        } while (!cursor.isFinished());
        run(lookups, (out, answers) -> {
            answers.add(out.del(rows(dead)));
            answers.add(out.srem(holdersKey(), name(dead)));
        });
        return users;
    }

    @Override
    public void close() {
        lookups.close();
        changes.close();
    }

    private static void run(StatefulRedisConnection<String, String> connection, Commands commands) {
        List<RedisFuture<?>> answers = new ArrayList<>();
        try {
            synchronized (connection) {
                commands.write(connection.async(), answers);
                connection.flushCommands();
            }
            for (RedisFuture<?> answer : answers) {
                answer.get(Redis.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RedisException | ExecutionException | TimeoutException e) {
            throw new UnavailableException("redis: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("redis: interrupted", e);
        }
    }

    private static List<List<String>> parts(Collection<Long> users, Collection<Long> groups) {
        List<String> keys = new ArrayList<>(users.size() + groups.size());
        users.forEach(user -> keys.add(userKey(user)));
        groups.forEach(group -> keys.add(groupKey(group)));
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += PART) {
            parts.add(keys.subList(from, Math.min(keys.size(), from + PART)));
        }
        return parts;
    }

    private static String userKey(long user) {
        return USER + user;
    }

    private static String groupKey(long group) {
        return "group:" + group;
    }

    private String rows(Incarnation holder) {
        return prefix + "rows:" + name(holder);
    }

    private String counter(Incarnation holder) {
        return prefix + "changes:" + name(holder);
    }

    private String holdersKey() {
        return prefix + "holders";
    }

    private static String name(Incarnation holder) {
        return holder.node() + "@" + holder.number();
    }

    private static Incarnation incarnation(String name) {
        int at = name.lastIndexOf('@');
        return new Incarnation(name.substring(0, at), Long.parseLong(name.substring(at + 1)));
    }
}
