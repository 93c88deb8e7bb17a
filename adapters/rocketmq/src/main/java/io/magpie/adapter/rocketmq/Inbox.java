package io.magpie.adapter.rocketmq;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/// Reads what bears this node's tag from all queues of the topic, from where they ended when the node subscribed, on
/// a thread of its own. Another one looks whether the brokers answer.
final class Inbox {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    private static final int POLL_MS = 500;
    private static final int CHECK_MS = 2_000;
    private static final int BATCH = 256;
    private static final int CLOSE_MS = 2_000;

    private final Brokers brokers;
    private final DefaultLitePullConsumer consumer;
    private final Bus.Listener listener;
    private final String me;
    private final Object delivering = new Object();
    private final Thread reader =
            Thread.ofPlatform().daemon().name("rocketmq-receive").unstarted(this::read);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rocketmq-watch").factory());
    private Set<MessageQueue> assigned = Set.of();
    private boolean away;
    private volatile boolean closed;

    private Inbox(Brokers brokers, DefaultLitePullConsumer consumer, Bus.Listener listener, String me) {
        this.brokers = brokers;
        this.consumer = consumer;
        this.listener = listener;
        this.me = me;
    }

    static Inbox open(Brokers brokers, Incarnation me, Bus.Listener listener) throws MQClientException {
        String name = RocketBus.name(me);
        var consumer = new DefaultLitePullConsumer(name);
        consumer.setNamesrvAddr(brokers.nameServer());
        consumer.setInstanceName(name);
        consumer.setAutoCommit(false);
        consumer.setPullBatchSize(BATCH);
        // Each queue occupies one while it waits for records.
        consumer.setPullThreadNums(brokers.queues().size() + 2);
        consumer.setSubExpressionForAssign(brokers.topic(), RocketBus.tagOf(me.node()) + " || " + RocketBus.ALL);
        consumer.start();
        var inbox = new Inbox(brokers, consumer, listener, name);
        inbox.assign(brokers.queues());
        inbox.reader.start();
        var _ = inbox.watch.scheduleWithFixedDelay(inbox::check, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
        return inbox;
    }

    void close() {
        closed = true;
        watch.shutdownNow();
        try {
            reader.join(CLOSE_MS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        consumer.shutdown();
    }

    private void assign(List<MessageQueue> queues) throws MQClientException {
        var added = new HashSet<>(queues);
        added.removeAll(assigned);
        consumer.assign(queues);
        for (MessageQueue queue : added) {
            consumer.seekToEnd(queue);
        }
        assigned = Set.copyOf(queues);
    }

    private void read() {
        while (!closed) {
            for (MessageExt message : consumer.poll(POLL_MS)) {
                if (!me.equals(message.getUserProperty(RocketBus.FROM))) {
                    synchronized (delivering) {
                        listener.received(message.getBody());
                    }
                }
            }
        }
    }

    /// A broker that was away may have forgotten records, and one that is new may have had some before it was known.
    private void check() {
        try {
            List<MessageQueue> now = brokers.check();
            boolean changed = !assigned.equals(Set.copyOf(now));
            if (changed) {
                assign(now);
            }
            if (changed || away) {
                away = false;
                synchronized (delivering) {
                    listener.gap();
                }
            }
        } catch (MQClientException e) {
            if (!away && !closed) {
                LOG.log(Level.WARNING, "a RocketMQ broker does not answer: {0}", e.getMessage());
            }
            away = true;
        }
    }
}
