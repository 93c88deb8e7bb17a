package io.magpie.adapter.kafka;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The bus on Kafka: a topic of one partition per node, made by the node and deleted by whoever
/// notices its death. A broadcast is a record in the topic of every other node, because Kafka keeps the order of
/// nothing but a partition.
///
/// **Loss.** What the brokers did not confirm within five seconds is reported as failed. A node that was away longer
/// than Kafka keeps its records, or whose topic was deleted under it, is told `gap`.
///
/// **Thread.** `publish` waits for room in the producer's buffer, or for the brokers' word on where a topic lies,
/// for a second at most; a broadcast asks them first which topics there are.
public final class KafkaBus implements Bus {
    private static final int CONFIRM_MS = 5_000;
    private static final int WAIT_MS = 1_000;
    private static final int BUFFER_BYTES = 16 << 20;

    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String servers;
    private final Incarnation me;
    private volatile Set<String> known = Set.of();
    private volatile @Nullable Listener listener;
    private volatile @Nullable Inbox inbox;

    private KafkaBus(Topics topics, KafkaProducer<byte[], byte[]> producer, String servers, Incarnation me) {
        this.topics = topics;
        this.producer = producer;
        this.servers = servers;
        this.me = me;
    }

    /// @param servers as in `host:9092,host:9092`
    /// @param prefix of the topics
    /// @throws IllegalArgumentException if that is not what `servers` looks like
    /// @throws IOException if none of them answers
    public static KafkaBus connect(String servers, String prefix, Incarnation me) throws IOException {
        Topics topics = Topics.connect(servers, prefix);
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "magpie-" + me.node(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                WAIT_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                CONFIRM_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                CONFIRM_MS / 2,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                BUFFER_BYTES,
                // The least there is: asking on for a deleted topic makes brokers make it again.
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                5_000);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        return new KafkaBus(topics, producer, servers, me);
    }

    @Override
    public void publish(String node, byte[] record) {
        String topic = topics.of(node);
        if (known.contains(topic) || ask().contains(topic)) {
            send(topic, record);
        }
    }

    @Override
    public void broadcast(byte[] record) {
        String mine = topics.of(me.node());
        for (String topic : ask()) {
            if (!topic.equals(mine)) {
                send(topic, record);
            }
        }
    }

    @Override
    public void subscribe(Listener listener) {
        this.listener = listener;
        inbox = Inbox.open(servers, topics, me, listener);
    }

    @Override
    public void forget(Incarnation dead) {
        topics.delete(dead);
        ask();
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(WAIT_MS));
        Inbox reading = inbox;
        if (reading != null) {
            reading.close();
        }
        topics.close();
    }

    /// Those there are; those known if the brokers do not answer.
    private Set<String> ask() {
        topics.list().ifPresent(now -> known = now);
        return known;
    }

    private void send(String topic, byte[] record) {
        try {
            var _ = producer.send(new ProducerRecord<>(topic, 0, null, record), (_, failure) -> {
                if (failure != null) {
                    failed(record);
                }
            });
        } catch (KafkaException | IllegalStateException _) {
            failed(record);
        }
    }

    private void failed(byte[] record) {
        Listener told = listener;
        if (told != null) {
            told.failed(record);
        }
    }
}
