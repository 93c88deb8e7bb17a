package io.magpie.adapter.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The bus on RabbitMQ: one exchange, and per node a queue that belongs to its connection, so that the broker itself
/// removes what a dead node left.
///
/// **Loss.** What the broker did not confirm when the connection broke, what it refuses because a queue is full, and
/// what is published while there is no connection is reported as failed. A node whose connection was replaced is
/// told `gap`. A record waits in a queue for a minute at most.
///
/// **Thread.** `publish` and `broadcast` hand over to a thread of the bus and never wait.
public final class RabbitBus implements Bus {
    private static final Logger LOG = System.getLogger(RabbitBus.class.getName());
    private static final long MAX_PENDING_BYTES = 16 << 20;
    private static final long RETRY_MS = 500;
    private static final int TIMEOUT_MS = 3_000;
    private static final int HEARTBEAT_SECONDS = 4;

    private final ConnectionFactory factory;
    private final Incarnation me;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final ScheduledExecutorService sender = thread("rabbitmq-send");
    private final ScheduledExecutorService repair = thread("rabbitmq-connect");
    private final Object delivering = new Object();
    private final AtomicReference<@Nullable Link> link = new AtomicReference<>();
    private volatile @Nullable Listener listener;
    private volatile boolean closed;

    private RabbitBus(ConnectionFactory factory, Incarnation me) {
        this.factory = factory;
        this.me = me;
    }

    /// @param url as in `amqp://user:password@host:5672/vhost`
    /// @throws IllegalArgumentException if the URL is not one
    /// @throws IOException if the broker does not answer or refuses
    public static RabbitBus connect(String url, Incarnation me) throws IOException {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(url);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        // Losing the connection loses the queue: whoever replaces it has to tell of the gap.
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(TIMEOUT_MS);
        factory.setHandshakeTimeout(TIMEOUT_MS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setThreadFactory(
                Thread.ofPlatform().daemon().name("rabbitmq-", 0).factory());
        var bus = new RabbitBus(factory, me);
        try {
            bus.link.set(bus.open());
        } catch (IOException e) {
            bus.close();
            throw e;
        }
        return bus;
    }

    @Override
    public void publish(String node, byte[] record) {
        send(Link.keyOf(node), record);
    }

    @Override
    public void broadcast(byte[] record) {
        send(Link.ALL, record);
    }

    @Override
    public void subscribe(Listener listener) {
        this.listener = listener;
        Link now = link.get();
        try {
            if (now != null) {
                now.consume(this::received);
            }
        } catch (IOException e) {
            // The next one consumes.
            lost(now);
        }
    }

    /// The queue of a dead node went with its connection.
    @Override
    public void forget(Incarnation dead) {}

    @Override
    public void close() {
        closed = true;
        repair.shutdownNow();
        sender.shutdown();
        try {
            if (!sender.awaitTermination(1, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Link now = link.get();
        if (now != null) {
            now.close();
        }
    }

    private void send(String key, byte[] record) {
        if (pendingBytes.addAndGet(record.length) > MAX_PENDING_BYTES) {
            settled(record, false);
            return;
        }
        try {
            sender.execute(() -> {
                Link now = link.get();
                if (now == null) {
                    settled(record, false);
                } else {
                    now.send(key, record);
                }
            });
        } catch (RejectedExecutionException _) {
            settled(record, false);
        }
    }

    private void settled(byte[] record, boolean arrived) {
        pendingBytes.addAndGet(-record.length);
        Listener told = listener;
        if (!arrived && told != null) {
            told.failed(record);
        }
    }

    private void received(byte[] record) {
        synchronized (delivering) {
            Listener told = listener;
            if (told != null && !closed) {
                told.received(record);
            }
        }
    }

    private Link open() throws IOException {
        try {
            return new Link(factory, me, this::settled, this::lost);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT_MS + " ms", e);
        }
    }

    private void lost(Link old) {
        if (link.compareAndSet(old, null) && !closed) {
            LOG.log(Level.WARNING, "the connection to RabbitMQ is lost; trying again");
        }
        old.close();
        schedule(0);
    }

    private void schedule(long delayMs) {
        try {
            var _ = repair.schedule(this::reconnect, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The bus is being closed.
        }
    }

    private void reconnect() {
        if (closed || link.get() != null) {
            return;
        }
        Link next = null;
        try {
            next = open();
            next.consume(this::received);
        } catch (IOException _) {
            if (next != null) {
                next.close();
            }
            schedule(RETRY_MS);
            return;
        }
        link.set(next);
        // It may have gone, or the bus been closed, before it was known here.
        if (closed || !next.isOpen()) {
            lost(next);
            return;
        }
        LOG.log(Level.INFO, "connected to RabbitMQ again");
        synchronized (delivering) {
            Listener told = listener;
            if (told != null && !closed) {
                told.gap();
            }
        }
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
