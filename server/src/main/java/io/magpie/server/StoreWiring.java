package io.magpie.server;

import io.magpie.adapter.jdbc.DatabaseStore;
import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.adapter.local.LocalRegistry;
import io.magpie.core.cluster.Registry;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.store.Storage;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.protocol.json.JsonBodyCodec;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Database;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What everything stands on: the clock, the encodings, the store. The store is the first to open and the last to
/// close.
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
    Registry registry() {
        return new LocalRegistry();
    }

    @Bean(destroyMethod = "close")
    Storage storage(Settings settings, BodyCodec bodies, InstantSource clock) {
        return switch (settings.store()) {
            case SQLITE -> embedded(settings, bodies, clock);
            case MYSQL -> database("mysql", Dialect.MYSQL, settings.mysql(), bodies, clock);
            case POSTGRESQL -> database("postgresql", Dialect.POSTGRESQL, settings.postgresql(), bodies, clock);
        };
    }

    private static Storage database(
            String key, Dialect dialect, Database database, BodyCodec bodies, InstantSource clock) {
        try {
            return DatabaseStore.open(databaseSettings(dialect, database), bodies, clock);
        } catch (StoreUnavailableException e) {
            throw new StartException(
                    "%s.url: %s cannot be used: %s (expected: a database that runs, and a user who may make tables there)"
                            .formatted(key, database.url(), e.getMessage()),
                    e);
        }
    }

    private static DatabaseSettings databaseSettings(Dialect dialect, Database database) {
        Secret password = database.password();
        return new DatabaseSettings(
                dialect,
                String.valueOf(database.url()),
                database.user(),
                password == null ? null : password.value(),
                database.writers(),
                database.readers());
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
