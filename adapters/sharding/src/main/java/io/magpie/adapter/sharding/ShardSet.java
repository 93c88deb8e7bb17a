package io.magpie.adapter.sharding;

import io.magpie.core.log.ShelfOpener.Shards;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.shardingsphere.driver.api.ShardingSphereDataSourceFactory;
import org.apache.shardingsphere.infra.algorithm.core.config.AlgorithmConfiguration;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.rule.ShardingTableRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.NoneShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.StandardShardingStrategyConfiguration;

/// All of the databases, each the one that its place says, and ShardingSphere before them: to it the table `entry`
/// is one, each conversation in one of them.
///
/// @param entries through ShardingSphere
record ShardSet(List<Shard> shards, DataSource entries) implements AutoCloseable {
    private static final String ALGORITHM = "by_conversation";

    static ShardSet open(Shards settings) {
        var shards = new ArrayList<Shard>();
        try {
            for (int index = 0; index < settings.urls().size(); index++) {
                shards.add(Shard.open(settings, index));
            }
            settle(shards);
            return new ShardSet(List.copyOf(shards), together(shards));
        } catch (RuntimeException e) {
            shards.forEach(Shard::close);
            throw e;
        }
    }

    /// Two nodes that begin at the same time with different lists: one of them finds what the other one wrote.
    private static void settle(List<Shard> shards) {
        boolean used = shards.getFirst().taken() > 0;
        for (var shard : shards) {
            if (used && shard.known().isEmpty()) {
                throw shard.forgotten();
            }
            shard.settle();
        }
    }

    private static DataSource together(List<Shard> shards) {
        var sources = new LinkedHashMap<String, DataSource>();
        for (int index = 0; index < shards.size(); index++) {
            sources.put(ByConversation.name(index), shards.get(index).source());
        }
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(ShardSet.class.getClassLoader());
        try {
            return ShardingSphereDataSourceFactory.createDataSource(
                    sources, List.of(rule(shards.size())), new Properties());
        } catch (SQLException e) {
            throw new StoreUnavailableException("ShardingSphere: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ShardingRuleConfiguration rule(int shards) {
        // Not an expression of Groovy, which is what stands here without the first word.
        String places = IntStream.range(0, shards)
                .mapToObj(index -> ByConversation.name(index) + ".entry")
                .collect(Collectors.joining(",", "<LITERAL>", ""));
        var table = new ShardingTableRuleConfiguration("entry", places);
        table.setDatabaseShardingStrategy(new StandardShardingStrategyConfiguration("conversation_id", ALGORITHM));
        table.setTableShardingStrategy(new NoneShardingStrategyConfiguration());
        var algorithm = new Properties();
        algorithm.setProperty("strategy", "STANDARD");
        algorithm.setProperty("algorithmClassName", ByConversation.class.getName());
        var rule = new ShardingRuleConfiguration();
        rule.getTables().add(table);
        rule.getShardingAlgorithms().put(ALGORITHM, new AlgorithmConfiguration("CLASS_BASED", algorithm));
        return rule;
    }

    /// Gives the numbers.
    Shard first() {
        return shards.getFirst();
    }

    @Override
    public void close() {
        try {
            if (entries instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("ShardingSphere: " + e.getMessage(), e);
        } finally {
            shards.forEach(Shard::close);
        }
    }
}
