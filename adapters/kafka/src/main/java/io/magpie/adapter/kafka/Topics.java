package io.magpie.adapter.kafka;

import io.magpie.core.cluster.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// The topics of the nodes, and whose they are: the offset that a node commits for its topic names its incarnation.
///
/// **Thread.** Any; may wait for the brokers, `list` for a second.
final class Topics {
    private static final int WAIT_MS = 1_000;
    private static final int PATIENCE_MS = 8_000;

    /// A record is of no use after a minute.
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "60000",
            TopicConfig.SEGMENT_MS_CONFIG, "60000",
            TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20));

    private final Admin admin;
    private final String prefix;

    private Topics(Admin admin, String prefix) {
        this.admin = admin;
        this.prefix = prefix;
    }

    static Topics connect(String servers, String prefix) throws IOException {
        Admin admin;
        try {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS));
        } catch (KafkaException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(cause == null ? e.getMessage() : cause.getMessage(), e);
        }
        try {
            get(admin.describeCluster().clusterId(), PATIENCE_MS);
        } catch (KafkaException e) {
            admin.close(Duration.ZERO);
            throw new IOException("no Kafka answers at " + servers, e);
        }
        return new Topics(admin, prefix);
    }

    String of(String node) {
        return prefix + node;
    }

    /// Those of all nodes; empty if the brokers do not answer.
    Optional<Set<String>> list() {
        try {
            return Optional.of(get(admin.listTopics().names(), WAIT_MS).stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .collect(Collectors.toSet()));
        } catch (KafkaException _) {
            return Optional.empty();
        }
    }

    /// Makes the topic unless it is there.
    void create(String topic) {
        try {
            get(
                    admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(SETTINGS)))
                            .all(),
                    PATIENCE_MS);
        } catch (TopicExistsException _) {
            // An earlier incarnation of the node made it.
        }
    }

    /// What tells a topic from a later one of the same name; null if there is none.
    @Nullable
    Uuid id(String topic) {
        try {
            return get(admin.describeTopics(List.of(topic)).allTopicNames(), PATIENCE_MS)
                    .values()
                    .iterator()
                    .next()
                    .topicId();
        } catch (UnknownTopicOrPartitionException _) {
            return null;
        }
    }

    static OffsetAndMetadata claim(Incarnation me, long offset) {
        return new OffsetAndMetadata(offset, Long.toString(me.number()));
    }

    /// Deletes the topic of a dead node unless a later incarnation claimed it. One that claims it at this very moment
    /// finds out and makes it again.
    void delete(Incarnation dead) {
        String topic = of(dead.node());
        try {
            if (claimedBy(topic) <= dead.number()) {
                get(admin.deleteTopics(List.of(topic)).all(), PATIENCE_MS);
                get(admin.deleteConsumerGroups(List.of(topic)).all(), PATIENCE_MS);
            }
        } catch (KafkaException _) {
            // Another survivor was faster, or the brokers do not answer and the next who notices tries again.
        }
    }

    void close() {
        admin.close(Duration.ofMillis(WAIT_MS));
    }

    private long claimedBy(String topic) {
        OffsetAndMetadata claim = get(
                        admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata(), PATIENCE_MS)
                .get(new TopicPartition(topic, 0));
        return claim == null ? 0 : Long.parseLong(claim.metadata());
    }

    private static <T> T get(KafkaFuture<T> future, int ms) {
        try {
            return future.get(ms, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer within " + ms + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
