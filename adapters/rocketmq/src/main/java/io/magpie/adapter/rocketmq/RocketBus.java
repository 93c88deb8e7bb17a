package io.magpie.adapter.rocketmq;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.jspecify.annotations.Nullable;

/// The bus on RocketMQ: one topic; the tag says which node a record is for, and the broker hands each node
/// what bears its tag. A publisher keeps to one queue of the topic, which is what RocketMQ keeps in order. Every
/// incarnation of a node is a consumer group of its own, deleted when it closes or by who notices its death.
///
/// **Loss.** What a broker did not store within a second is reported as failed, and what is published within half a
/// second after that without trying. A node is told `gap` whenever a broker was out of its reach.
///
/// **Thread.** `publish` waits for the broker, because it orders only what is sent one after the other.
public final class RocketBus implements Bus {
    static final String ALL = "all";
    static final String FROM = "from";

    private static final int WAIT_MS = 1_000;
    private static final long REST_NANOS = Duration.ofMillis(500).toNanos();

    private final Brokers brokers;
    private final DefaultMQProducer producer;
    private final Incarnation me;
    private MessageQueue queue;
    private long restUntil = System.nanoTime();
    private volatile @Nullable Listener listener;
    private volatile @Nullable Inbox inbox;

    private RocketBus(Brokers brokers, DefaultMQProducer producer, Incarnation me, MessageQueue queue) {
        this.brokers = brokers;
        this.producer = producer;
        this.me = me;
        this.queue = queue;
    }

    /// @param nameServer as in `host:9876;host:9876`
    /// @param topic made if there is none
    /// @throws IOException if none of them answers, or there is neither a topic nor leave to make it
    public static RocketBus connect(String nameServer, String topic, Incarnation me) throws IOException {
        var producer = new DefaultMQProducer("magpie");
        producer.setNamesrvAddr(nameServer);
        producer.setInstanceName(name(me));
        producer.setMqClientApiTimeout(WAIT_MS);
        try {
            producer.start();
        } catch (MQClientException e) {
            throw new IOException(e.getErrorMessage(), e);
        }
        try {
            var brokers = new Brokers(nameServer, topic, producer);
            List<MessageQueue> queues = brokers.open();
            return new RocketBus(brokers, producer, me, choose(queues, me.hashCode()));
        } catch (IOException e) {
            producer.shutdown();
            throw e;
        }
    }

    @Override
    public void publish(String node, byte[] record) {
        send(tagOf(node), record);
    }

    @Override
    public void broadcast(byte[] record) {
        send(ALL, record);
    }

    @Override
    public void subscribe(Listener listener) {
        this.listener = listener;
        try {
            inbox = Inbox.open(brokers, me, listener);
        } catch (MQClientException e) {
            throw new IllegalStateException("RocketMQ: " + e.getMessage(), e);
        }
    }

    @Override
    public void forget(Incarnation dead) {
        brokers.deleteGroup(name(dead));
    }

    @Override
    public void close() {
        Inbox reading = inbox;
        if (reading != null) {
            reading.close();
            brokers.deleteGroup(name(me));
        }
        producer.shutdown();
    }

    static String tagOf(String node) {
        return "node-" + node;
    }

    /// What RocketMQ calls one incarnation: its client and its consumer group.
    static String name(Incarnation me) {
        return "magpie-" + me.node().replaceAll("[^A-Za-z0-9_-]", "_") + "-" + me.number();
    }

    private void send(String tag, byte[] record) {
        // A broker that does not answer must not cost a second per record.
        if (System.nanoTime() - restUntil < 0) {
            failed(record);
            return;
        }
        var message = new Message(brokers.topic(), tag, record);
        message.putUserProperty(FROM, name(me));
        try {
            producer.send(message, queue, WAIT_MS);
        } catch (MQClientException | MQBrokerException | RemotingException | IllegalStateException _) {
            // The last is how the client puts a name server that is not there.
            restUntil = System.nanoTime() + REST_NANOS;
            queue = choose(brokers.queues(), queue.hashCode());
            failed(record);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failed(record);
        }
    }

    private static MessageQueue choose(List<MessageQueue> queues, int by) {
        return queues.get(Math.floorMod(by, queues.size()));
    }

    private void failed(byte[] record) {
        Listener told = listener;
        if (told != null) {
            told.failed(record);
        }
    }
}
