package io.magpie.adapter.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Records by Redis' publish and subscribe: a channel per node and one for all, nothing is kept and nothing is
/// left behind. What was published while the subscribing connection was away is lost, so coming back is a gap;
/// so is a jump in the numbers each publisher gives its records per channel. A node also hears itself every
/// two seconds: if it does not, its connection is dead and is made anew.
public final class RedisBus implements Bus {
    private static final Logger LOG = System.getLogger(RedisBus.class.getName());
    private static final long BEAT_MS = 2_000;
    private static final long DEAF_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * BEAT_MS);
    private static final long WAITING_BYTES = 64L << 20;
    private static final long SUBSCRIBE_SECONDS = 10;

    private final Redis redis;
    private final Incarnation me;
    private final String all;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private final ExecutorService arrivals;
    private final ScheduledExecutorService beats;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile long lastHeard = System.nanoTime();
    private volatile @Nullable Listener listener;
    private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> subscriber;
    private volatile boolean closed;

    RedisBus(Redis redis, Incarnation me) {
        this.redis = redis;
        this.me = me;
        this.all = redis.prefix() + "bus:all";
        this.connection = redis.connectForRecords();
        this.arrivals = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("redis-bus").factory());
        this.beats = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("redis-bus-beat").factory());
    }

    private String channel(String node) {
        return redis.prefix() + "bus:node:" + node;
    }

    @Override
    public void publish(String node, byte[] record) {
        send(channel(node), record);
    }

    @Override
    public void broadcast(byte[] record) {
        send(all, record);
    }

    private void send(String channel, byte[] record) {
        long number = published.merge(channel, 1L, Long::sum);
        try {
            var _ = connection
                    .async()
                    .publish(channel, Numbered.bytes(me, number, record))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            failed(record, failure);
                        }
                    });
        } catch (RedisException e) {
            failed(record, e);
        }
    }

    private void failed(byte[] record, Throwable failure) {
        LOG.log(Level.DEBUG, "redis did not take a record: {0}", failure.getMessage());
        var to = listener;
        if (to != null) {
            to.failed(record);
        }
    }

    @Override
    public void subscribe(Listener newListener) {
        listener = newListener;
        subscriber = connected();
        lastHeard = System.nanoTime();
        var _ = beats.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    private StatefulRedisPubSubConnection<String, byte[]> connected() {
        var made = redis.subscriber();
        var ears = new Ears();
        made.addListener(ears);
        made.sync().subscribe(channel(me.node()), all);
        try {
            // The command is answered once per channel, and done with the first.
            ears.subscribed.get(SUBSCRIBE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisException("no answer to SUBSCRIBE within " + SUBSCRIBE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted while subscribing", e);
        }
        return made;
    }

    /// Subscriptions come back with the connection; what was published meanwhile does not.
    private final class Ears extends RedisPubSubAdapter<String, byte[]> {
        private final CompletableFuture<String> subscribed = new CompletableFuture<>();

        @Override
        public void message(String channel, byte[] message) {
            lastHeard = System.nanoTime();
            if (waitingBytes.addAndGet(message.length) > WAITING_BYTES) {
                waitingBytes.addAndGet(-message.length);
                run(RedisBus.this::lost);
            } else {
                run(() -> {
                    waitingBytes.addAndGet(-message.length);
                    hear(channel, Numbered.read(message));
                });
            }
        }

        @Override
        public void subscribed(String channel, long count) {
            if (channel.equals(all) && !subscribed.complete(channel)) {
                run(RedisBus.this::lost);
            }
        }
    }

    private void run(Runnable task) {
        try {
            arrivals.execute(task);
        } catch (RejectedExecutionException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /// One thread.
    private void hear(String channel, Numbered numbered) {
        if (numbered.publisher().equals(me.toString())) {
            return;
        }
        long number = numbered.number();
        var before = heard.put(numbered.publisher() + " " + channel, number);
        if (before != null && number != before + 1) {
            tell(Listener::gap);
        }
        if (!numbered.isBeat()) {
            tell(l -> l.received(numbered.record()));
        }
    }

    /// One thread. What is lost is told once; numbers begin anew.
    private void lost() {
        heard.clear();
        tell(Listener::gap);
    }

    private void tell(Consumer<Listener> word) {
        var to = listener;
        if (to != null) {
            word.accept(to);
        }
    }

    private void beat() {
        try {
            connection.async().publish(channel(me.node()), Numbered.beat(me)).get(BEAT_MS, TimeUnit.MILLISECONDS);
            if (System.nanoTime() - lastHeard > DEAF_NANOS) {
                anew();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Redis is away: the connections come back by themselves, and the subscriber then tells of the gap.
            lastHeard = System.nanoTime();
            LOG.log(Level.DEBUG, "redis does not take a beat: {0}", e.getMessage());
        }
    }

    private void anew() {
        LOG.log(Level.WARNING, "nothing is heard from redis, not even this node; it subscribes anew");
        var old = subscriber;
        if (old != null) {
            var _ = old.closeAsync();
        }
        subscriber = connected();
        lastHeard = System.nanoTime();
        run(this::lost);
    }

    /// Redis keeps nothing for a node.
    @Override
    public void forget(Incarnation dead) {}

    @Override
    public void close() {
        closed = true;
        beats.shutdownNow();
        var heardBy = subscriber;
        if (heardBy != null) {
            heardBy.close();
        }
        connection.close();
        arrivals.shutdownNow();
    }
}
