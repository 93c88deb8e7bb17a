package io.magpie.adapter.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.magpie.core.cluster.Incarnation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One Redis, and the ports on it. Connections come back by themselves; while they are gone, commands fail at
/// once and are never repeated, because records that come late would overtake what was published since.
public final class Redis implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int IN_FLIGHT = 50_000;
    private static final RedisCodec<String, byte[]> RECORDS = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final ClientResources resources;
    private final RedisClient client;
    private final String prefix;

    private Redis(ClientResources resources, RedisClient client, String prefix) {
        this.resources = resources;
        this.client = client;
        this.prefix = prefix;
    }

    /// @param url as in `redis://user:password@host:6379/0`, `rediss://…` or `redis-sentinel://…`
    /// @param prefix before every key and channel, so that several clusters may share one Redis
    /// @throws IllegalArgumentException if the URL is none
    public static Redis at(String url, String prefix) {
        var uri = RedisURI.create(url);
        uri.setTimeout(PATIENCE);
        var resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(10, 1_000, TimeUnit.MILLISECONDS, 2))
                .build();
        var client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(IN_FLIGHT)
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(PATIENCE)
                        .keepAlive(true)
                        .build())
                .build());
        return new Redis(resources, client, prefix);
    }

    /// @throws io.lettuce.core.RedisException if it cannot be connected to
    public RedisBus bus(Incarnation me) {
        return new RedisBus(this, me);
    }

    /// @throws io.lettuce.core.RedisException if it cannot be connected to
    public RedisDirectory directory(Incarnation me) {
        return new RedisDirectory(connect(), connect(), prefix, me);
    }

    /// @throws io.lettuce.core.RedisException if it cannot be connected to
    public RedisRegistry registry(Incarnation me) {
        return new RedisRegistry(connect(), prefix, me);
    }

    /// @throws io.lettuce.core.RedisException if it does not answer
    public void ping() {
        try (var connection = connect()) {
            connection.sync().ping();
        }
    }

    StatefulRedisConnection<String, String> connect() {
        return client.connect();
    }

    StatefulRedisConnection<String, byte[]> connectForRecords() {
        return client.connect(RECORDS);
    }

    StatefulRedisPubSubConnection<String, byte[]> subscriber() {
        return client.connectPubSub(RECORDS);
    }

    String prefix() {
        return prefix;
    }

    /// After the ports on it.
    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
