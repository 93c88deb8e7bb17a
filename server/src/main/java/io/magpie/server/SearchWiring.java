package io.magpie.server;

import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.search.Indexing;
import io.magpie.core.search.SearchService;
import io.magpie.core.search.SearchStats;
import io.magpie.core.storage.Storage;
import io.magpie.core.sync.HistoryService;
import io.magpie.core.upkeep.Chore;
import io.magpie.server.config.Settings;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Search, and the thread that keeps its index up.
@Configuration(proxyBeanMethods = false)
class SearchWiring {
    /// Whoever has not searched for the longest time is forgotten first.
    private static final int MAX_SEARCHING = 100_000;

    @Bean
    SearchStats searchStats() {
        return new SearchStats();
    }

    @Bean
    SearchService searchService(
            Settings settings, Storage storage, HistoryService history, SearchStats stats, InstantSource clock) {
        var limit = new TokenBuckets<Long>(Rate.perMinute(settings.limits().searchesPerMinute()), MAX_SEARCHING, clock);
        return new SearchService(storage.search(), storage.members(), history, limit::take, stats);
    }

    @Bean
    Upkeep indexing(Settings settings, Storage storage, SearchStats stats, InstantSource clock) {
        List<Chore> chores =
                settings.search().enabled() ? List.of(new Indexing(storage.search(), stats, clock)) : List.of();
        return new Upkeep("search", chores);
    }
}
