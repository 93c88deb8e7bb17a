package io.magpie.adapter.sharding;

import java.util.Collection;
import java.util.List;
import org.apache.shardingsphere.sharding.api.sharding.standard.PreciseShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.RangeShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.StandardShardingAlgorithm;

/// Which shard holds a conversation: the rest of its key divided by their number. Never changes: rows lie there.
/// ShardingSphere makes one by name.
public final class ByConversation implements StandardShardingAlgorithm<Comparable<?>> {
    private static final String PREFIX = "shard_";

    /// What the configuration calls the shard of this index.
    static String name(int index) {
        return PREFIX + index;
    }

    static int index(long conversation, int shards) {
        return (int) Math.floorMod(conversation, (long) shards);
    }

    @Override
    public String doSharding(Collection<String> names, PreciseShardingValue<Comparable<?>> value) {
        if (value.getValue() instanceof Number conversation) {
            return name(index(conversation.longValue(), names.size()));
        }
        throw new IllegalArgumentException("conversation: " + value.getValue() + " (expected: a number)");
    }

    @Override
    public Collection<String> doSharding(Collection<String> names, RangeShardingValue<Comparable<?>> range) {
        return List.copyOf(names);
    }
}
