package io.magpie.server;

import io.magpie.adapter.jdbc.DatabaseStore;
import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.protocol.json.JsonBodyCodec;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Settings;
import io.magpie.server.store.ChosenDatabase;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What everything stands on: the clock, the encodings, the store. The store is the first to open and the last
/// to close.
@Configuration(proxyBeanMethods = false)
class StoreWiring {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonCodec jsonCodec() {
        return new JsonCodec();
    }

    @Bean
    BodyCodec bodyCodec() {
        return new JsonBodyCodec();
    }

    @Bean(destroyMethod = "close")
    Storage storage(Settings settings, BodyCodec bodies, InstantSource clock, Incarnation me) {
        return ChosenDatabase.of(settings)
                .map(database -> database(database, settings, bodies, clock, me))
                .orElseGet(() -> embedded(settings, bodies, clock));
    }

    private static Storage database(
            ChosenDatabase database, Settings settings, BodyCodec bodies, InstantSource clock, Incarnation me) {
        try {
            var folder =
                    settings.data().resolve("search").resolve(settings.node().id());
            return DatabaseStore.open(database.settings(), folder, bodies, clock, me.number());
        } catch (StoreUnavailableException e) {
            throw new StartException(
                    "%s.url: %s cannot be used: %s (expected: a database that runs, and a user who may make tables there)"
                            .formatted(database.key(), database.settings().url(), e.getMessage()),
                    e);
        }
    }

    private static Storage embedded(Settings settings, BodyCodec bodies, InstantSource clock) {
        try {
            return SqliteStore.open(settings.data(), bodies, clock);
        } catch (DataFolderInUseException e) {
            throw new StartException(
                    "data: %s is used by another server (expected: a folder of its own; --data names one)"
                            .formatted(settings.data()),
                    e);
        } catch (StoreUnavailableException e) {
            throw new StartException(
                    "data: %s cannot hold the store: %s (expected: a folder this user may write to)"
                            .formatted(settings.data(), e.getMessage()),
                    e);
        }
    }
}
