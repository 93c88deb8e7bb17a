package io.magpie.adapter.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A key per node that expires unless it is renewed. Every node reads all of them once a second. One that is
/// missing is taken off the list only after it was missing for some seconds while Redis answered: a Redis that
/// was restarted or wiped kills nobody, because the nodes write their keys anew meanwhile.
public final class RedisRegistry implements Registry {
    private static final Logger LOG = System.getLogger(RedisRegistry.class.getName());
    private static final long TICK_MS = 1_000;
    private static final long LIFE_MS = 3_500;
    private static final long MISSING_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);

    /// Writes unless a later incarnation is there: key, incarnation, value, life.
    private static final String WRITE = """
            local there = redis.call('GET', KEYS[1])
            if there and tonumber(string.match(there, '^%d+')) > tonumber(ARGV[1]) then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            redis.call('SADD', KEYS[2], ARGV[4])
            return 1""";

    private final StatefulRedisConnection<String, String> connection;
    private final Incarnation me;
    private final String prefix;
    private final String ids;
    private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Seen> seen = new TreeMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-registry").factory());
    private volatile List<Node> nodes = List.of();
    private volatile @Nullable Node announced;
    private boolean answering = true;
    private boolean superseded;

    private record Seen(Node node, long at) {}

    RedisRegistry(StatefulRedisConnection<String, String> connection, String prefix, Incarnation me) {
        this.connection = connection;
        this.prefix = prefix + "node:";
        this.ids = prefix + "nodes";
        this.me = me;
        tick();
        var _ = ticks.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void announce(Node node) {
        announced = node;
        try {
            ticks.submit(this::tick).get(2 * TICK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "announced later: {0}", e.getMessage());
        }
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public void onChange(Consumer<List<Node>> listener) {
        listeners.add(listener);
    }

    private void tick() {
        try {
            renew();
            look();
            answering = true;
        } catch (RedisException e) {
            if (answering) {
                LOG.log(Level.WARNING, "redis does not answer; the list of nodes stays as it is: {0}", e.getMessage());
            }
            answering = false;
            ownNode();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the list of nodes could not be read", e);
        }
        publish();
    }

    private void renew() {
        var node = announced;
        if (node == null) {
            return;
        }
        Long written = connection
                .sync()
                .eval(
                        WRITE,
                        ScriptOutputType.INTEGER,
                        new String[] {prefix + node.id(), ids},
                        Long.toString(node.incarnation()),
                        NodeText.of(node),
                        Long.toString(LIFE_MS),
                        node.id());
        if (written == 0 && !superseded) {
            superseded = true;
            LOG.log(Level.ERROR, "another node runs as {0} (expected: a node.id of its own for each)", node.id());
        }
    }

    private void look() {
        long now = System.nanoTime();
        var names = List.copyOf(connection.sync().smembers(ids));
        if (!answering) {
            seen.replaceAll((_, known) -> new Seen(known.node(), now));
        }
        for (String name : names) {
            String text = connection.sync().get(prefix + name);
            if (text == null) {
                forget(name);
            } else {
                heard(name, text, now);
            }
        }
        seen.values().removeIf(known -> now - known.at() > MISSING_NANOS);
        ownNode();
    }

    private void heard(String name, String text, long now) {
        var known = seen.get(name);
        var node = NodeText.node(text);
        if (node.isPresent()) {
            seen.put(name, new Seen(node.get(), now));
        } else if (known != null && known.node().incarnation() <= NodeText.incarnation(text)) {
            seen.remove(name);
        }
    }

    /// One that lives adds its name again.
    private void forget(String name) {
        if (!seen.containsKey(name)) {
            connection.sync().srem(ids, name);
        }
    }

    /// Listed whatever Redis says, unless a later incarnation took over.
    private void ownNode() {
        var node = announced;
        if (node != null) {
            seen.merge(
                    node.id(),
                    new Seen(node, System.nanoTime()),
                    (there, own) -> there.node().incarnation() > node.incarnation() ? there : own);
        }
    }

    private void publish() {
        List<Node> now = new ArrayList<>();
        seen.values().forEach(known -> now.add(known.node()));
        if (!now.equals(nodes)) {
            nodes = List.copyOf(now);
            for (Consumer<List<Node>> listener : listeners) {
                listener.accept(nodes);
            }
        }
    }

    /// Stops renewing, as the death of the process would.
    void abandon() {
        ticks.shutdownNow();
        connection.close();
    }

    @Override
    public void close() {
        try {
            ticks.submit(this::leave).get(2 * TICK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException _) {
            return;
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "left without a word: {0}", e.getMessage());
        }
        abandon();
    }

    /// The farewell expires like a node, by then everybody has read it.
    private void leave() {
        if (announced != null) {
            announced = null;
            connection
                    .sync()
                    .eval(
                            WRITE,
                            ScriptOutputType.INTEGER,
                            new String[] {prefix + me.node(), ids},
                            Long.toString(me.number()),
                            NodeText.farewell(me),
                            Long.toString(2 * LIFE_MS),
                            me.node());
        }
        seen.clear();
        publish();
    }
}
