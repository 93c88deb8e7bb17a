package io.magpie.adapter.rocketmq;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.client.impl.MQClientManager;
import org.apache.rocketmq.client.impl.factory.MQClientInstance;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;

/// What the bus asks of the brokers besides sending and receiving.
///
/// **Thread.** Any; waits for the brokers for a few seconds, while there is no topic for half a minute.
final class Brokers {
    private static final int QUEUES = 4;
    private static final int PATIENCE_MS = 3_000;
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MS = 500;

    /// The topic by which brokers that make topics on demand are found.
    private static final String TEMPLATE = "TBW102";

    private final String nameServer;
    private final String topic;
    private final DefaultMQProducer producer;
    private volatile List<MessageQueue> queues = List.of();

    Brokers(String nameServer, String topic, DefaultMQProducer producer) {
        this.nameServer = nameServer;
        this.topic = topic;
        this.producer = producer;
    }

    String nameServer() {
        return nameServer;
    }

    String topic() {
        return topic;
    }

    /// Makes the topic if there is none, and answers its queues.
    List<MessageQueue> open() throws IOException {
        try {
            api().getBrokerClusterInfo(PATIENCE_MS);
        } catch (RemotingException | MQBrokerException e) {
            throw new IOException("no RocketMQ name server answers at " + nameServer, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return exists() ? queues : create();
    }

    /// As last heard.
    List<MessageQueue> queues() {
        return queues;
    }

    /// Asks every broker for the end of one of its queues, and the name server for the queues.
    ///
    /// @throws MQClientException if one does not answer
    List<MessageQueue> check() throws MQClientException {
        try {
            for (MessageQueue queue : queues) {
                if (queue.getQueueId() == 0) {
                    client().getMQAdminImpl().maxOffset(queue);
                }
            }
        } catch (IllegalStateException e) {
            // So the client puts a name server that is not there.
            throw new MQClientException(e.getMessage(), e);
        }
        exists();
        return queues;
    }

    void deleteGroup(String group) {
        try {
            var cluster = api().getBrokerClusterInfo(PATIENCE_MS);
            for (var broker : cluster.getBrokerAddrTable().values()) {
                api().deleteSubscriptionGroup(broker.selectBrokerAddr(), group, true, PATIENCE_MS);
            }
        } catch (MQClientException | MQBrokerException | RemotingException _) {
            // Another survivor was faster, or the brokers do not answer: a group that nobody uses costs them a line.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exists() {
        try {
            List<MessageQueue> now = producer.fetchPublishMessageQueues(topic);
            if (!now.isEmpty()) {
                queues = List.copyOf(now);
            }
            return !now.isEmpty();
        } catch (MQClientException | IllegalStateException _) {
            return false;
        }
    }

    /// A broker that has just started is known to the name server some seconds later.
    private List<MessageQueue> create() throws IOException {
        MQClientException refusal = null;
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    client().getMQAdminImpl().createTopic(TEMPLATE, topic, QUEUES, 0, Map.of());
                } catch (MQClientException e) {
                    refusal = e;
                }
                if (exists()) {
                    return queues;
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        throw new IOException(
                "RocketMQ has no topic " + topic
                        + " and makes none (expected: autoCreateTopicEnable=true, or mqadmin updateTopic -t " + topic
                        + ")",
                refusal);
    }

    private MQClientInstance client() {
        // Told apart by name: the producer's own.
        return MQClientManager.getInstance().getOrCreateMQClientInstance(producer);
    }

    private MQClientAPIImpl api() {
        return client().getMQClientAPIImpl();
    }
}
