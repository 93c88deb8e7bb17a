package io.magpie.e2e;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.HashMap;
import java.util.Map;

/// Puts Redis back to what it was.
final class OlderRedis implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Map<String, Kept> before = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] value, long forMs) {}

    private OlderRedis(RedisClient client) {
        this.client = client;
        this.connection = client.connect();
    }

    static OlderRedis of(String url) {
        return new OlderRedis(RedisClient.create(url));
    }

    void remember() {
        var redis = connection.sync();
        for (String key : redis.keys("*")) {
            byte[] value = redis.dump(key);
            if (value != null) {
                before.put(key, new Kept(value, Math.max(0, redis.pttl(key))));
            }
        }
    }

    void fallBack() {
        var redis = connection.sync();
        redis.flushall();
        before.forEach((key, kept) -> redis.restore(
                key, kept.value(), RestoreArgs.Builder.ttl(kept.forMs()).replace()));
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
