package io.magpie.core.limit;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// One token bucket per key, at most so many of them: the one used longest ago is forgotten first, and a forgotten
/// one is full again. Any thread; a call holds a lock that only keys of the same shard share, for a moment.
///
/// A bucket is one number: the time at which it will be full again (the generic cell rate algorithm).
public final class TokenBuckets<K> {
    private static final int SHARDS = 16;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final long intervalMicros;
    private final long depthMicros;
    private final InstantSource clock;
    private final Map<K, Long>[] shards;

    public TokenBuckets(Rate rate, int maxKeys, InstantSource clock) {
        this.intervalMicros = MICROS_PER_MINUTE / rate.perMinute();
        this.depthMicros = intervalMicros * rate.burst();
        this.clock = clock;
        this.shards = shards(Math.max(1, maxKeys / SHARDS));
    }

    /// Takes one token. 0 if there was one, else the milliseconds until there is.
    public long take(K key) {
        long now = clock.millis() * 1000;
        var shard = shard(key);
        synchronized (shard) {
            Long known = shard.get(key);
            long full = Math.max(known == null ? 0 : known, now) + intervalMicros;
            long early = full - depthMicros - now;
            if (early > 0) {
                return (early + 999) / 1000;
            }
            shard.put(key, full);
            return 0;
        }
    }

    /// Returns a token that was taken for nothing.
    public void giveBack(K key) {
        var shard = shard(key);
        synchronized (shard) {
            shard.computeIfPresent(key, (_, full) -> full - intervalMicros);
        }
    }

    private Map<K, Long> shard(K key) {
        int hash = key.hashCode();
        return shards[(hash ^ (hash >>> 16)) & (SHARDS - 1)];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no type parameters
    private static <K> Map<K, Long>[] shards(int maxKeys) {
        Map<K, Long>[] shards = new Map[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Recent<>(maxKeys);
        }
        return shards;
    }

    private static final class Recent<K> extends LinkedHashMap<K, Long> {
        private static final long serialVersionUID = 1;
        private final int maxKeys;

        Recent(int maxKeys) {
            super(16, 0.75f, true);
            this.maxKeys = maxKeys;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
            return size() > maxKeys;
        }
    }
}
