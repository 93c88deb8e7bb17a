package io.magpie.adapter.kafka;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads this node's topic from where it ended when the node subscribed, on a thread of its own.
final class Inbox {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long CHECK_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int CLOSE_MS = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Incarnation me;
    private final Bus.Listener listener;
    private final TopicPartition partition;
    private final Thread thread;
    private @Nullable Uuid topic;
    private volatile boolean closed;

    private Inbox(KafkaConsumer<byte[], byte[]> consumer, Topics topics, Incarnation me, Bus.Listener listener) {
        this.consumer = consumer;
        this.topics = topics;
        this.me = me;
        this.listener = listener;
        partition = new TopicPartition(topics.of(me.node()), 0);
        thread = Thread.ofPlatform().daemon().name("kafka-receive").unstarted(this::run);
    }

    static Inbox open(String servers, Topics topics, Incarnation me, Bus.Listener listener) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "magpie-" + me.node(),
                ConsumerConfig.GROUP_ID_CONFIG,
                topics.of(me.node()),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                4_000);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var inbox = new Inbox(consumer, topics, me, listener);
        inbox.begin();
        inbox.thread.start();
        return inbox;
    }

    void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Claims the topic and goes to its end.
    private void begin() {
        topics.create(partition.topic());
        topic = topics.id(partition.topic());
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        long end = consumer.position(partition);
        consumer.commitSync(Map.of(partition, Topics.claim(me, end)));
    }

    private void run() {
        long checked = System.nanoTime();
        boolean lost = false;
        boolean away = false;
        while (!closed) {
            try {
                if (lost) {
                    begin();
                    lost = false;
                    LOG.log(Level.WARNING, "the topic {0} was deleted or cut under this node", partition.topic());
                    listener.gap();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    listener.received(record.value());
                }
                if (System.nanoTime() - checked > CHECK_NANOS) {
                    lost = !Objects.equals(topic, topics.id(partition.topic()));
                    away = false;
                    checked = System.nanoTime();
                }
            } catch (InvalidOffsetException _) {
                lost = true;
            } catch (WakeupException _) {
                // Closed, which the loop sees.
            } catch (KafkaException e) {
                // The position is kept, and nothing is lost until the brokers forget it.
                if (!away) {
                    LOG.log(Level.WARNING, "Kafka does not answer: {0}", e.getMessage());
                }
                away = true;
                pause();
            }
        }
        consumer.close(CloseOptions.timeout(POLL));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
