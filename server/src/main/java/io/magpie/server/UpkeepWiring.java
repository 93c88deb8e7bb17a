package io.magpie.server;

import io.magpie.core.journal.Journal;
import io.magpie.core.session.Sessions;
import io.magpie.core.storage.Storage;
import io.magpie.core.upkeep.Chore;
import io.magpie.core.upkeep.LiveLogins;
import io.magpie.core.upkeep.Retention;
import io.magpie.core.upkeep.StoreWatch;
import io.magpie.core.upkeep.Sweep;
import io.magpie.core.upkeep.UpkeepStats;
import io.magpie.server.config.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What is deleted and prolonged when.
@Configuration(proxyBeanMethods = false)
class UpkeepWiring {
    @Bean
    StoreWatch storeWatch(Storage storage) {
        return new StoreWatch(storage.store());
    }

    @Bean
    Upkeep upkeep(
            Settings settings,
            Storage storage,
            StoreWatch watch,
            Journal journal,
            Sessions sessions,
            UpkeepStats stats,
            InstantSource clock) {
        List<Chore> chores = new ArrayList<>();
        chores.add(watch);
        chores.add(new LiveLogins(journal, sessions, clock));
        chores.add(new Sweep(journal, clock, stats));
        int days = settings.retention().days();
        if (days > 0) {
            chores.add(new Retention(storage.oldEntries(), journal, Duration.ofDays(days), clock, stats));
        }
        return new Upkeep("upkeep", chores);
    }
}
