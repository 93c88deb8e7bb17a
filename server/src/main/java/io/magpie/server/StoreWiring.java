package io.magpie.server;

import io.magpie.adapter.jdbc.DatabaseStore;
import io.magpie.adapter.jdbc.ShelfStore;
import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.adapter.mongo.MongoSettings;
import io.magpie.adapter.mongo.MongoShelf;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.ShelfOpener;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.protocol.json.JsonBodyCodec;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Settings;
import io.magpie.server.store.ChosenDatabase;
import io.magpie.server.store.ChosenHistory;
import io.magpie.server.store.ShardingParts;
import java.nio.file.Path;
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
        var history = ChosenHistory.of(settings).map(chosen -> shelf(chosen, bodies));
        try {
            var folder = searchFolder(settings);
            return history.<Storage>map(
                            shelf -> ShelfStore.open(database.settings(), folder, shelf, bodies, clock, me.number()))
                    .orElseGet(() -> DatabaseStore.open(database.settings(), folder, bodies, clock, me.number()));
        } catch (StoreUnavailableException e) {
            history.ifPresent(EntryShelf::close);
            throw new StartException(
                    "%s.url: %s cannot be used: %s (expected: a database that runs, and a user who may make tables there)"
                            .formatted(database.key(), database.settings().url(), e.getMessage()),
                    e);
        }
    }

    private static Storage embedded(Settings settings, BodyCodec bodies, InstantSource clock) {
        var history = ChosenHistory.of(settings).map(chosen -> shelf(chosen, bodies));
        try {
            return history.<Storage>map(
                            shelf -> ShelfStore.embedded(settings.data(), searchFolder(settings), shelf, bodies, clock))
                    .orElseGet(() -> SqliteStore.open(settings.data(), bodies, clock));
        } catch (DataFolderInUseException e) {
            history.ifPresent(EntryShelf::close);
            throw new StartException(
                    "data: %s is used by another server (expected: a folder of its own; --data names one)"
                            .formatted(settings.data()),
                    e);
        } catch (StoreUnavailableException e) {
            history.ifPresent(EntryShelf::close);
            throw new StartException(
                    "data: %s cannot hold the store: %s (expected: a folder this user may write to)"
                            .formatted(settings.data(), e.getMessage()),
                    e);
        }
    }

    private static Path searchFolder(Settings settings) {
        return settings.data().resolve("search").resolve(settings.node().id());
    }

    private static EntryShelf shelf(ChosenHistory chosen, BodyCodec bodies) {
        return switch (chosen) {
            case ChosenHistory.InMongo(MongoSettings settings) -> mongo(settings, bodies);
            case ChosenHistory.Sharded(ShelfOpener.Shards shards) -> sharded(shards, bodies);
        };
    }

    private static EntryShelf mongo(MongoSettings settings, BodyCodec bodies) {
        try {
            return MongoShelf.open(settings, bodies);
        } catch (StoreUnavailableException e) {
            throw new StartException(
                    "mongo.url: %s cannot be used: %s (expected: a MongoDB that runs, and a user who may make collections in %s)"
                            .formatted(settings.url(), e.getMessage(), settings.database()),
                    e);
        }
    }

    private static EntryShelf sharded(ShelfOpener.Shards shards, BodyCodec bodies) {
        var opener = ShardingParts.find(System.getProperty(ShardingParts.FOLDER))
                .orElseThrow(() -> new StartException(
                        "history.in: sharded needs ShardingSphere, which was not built (expected: a start by ./magpie, which builds it where magpie.yaml, --set or MAGPIE_HISTORY_IN says sharded)",
                        new IllegalStateException(ShardingParts.FOLDER)));
        try {
            return opener.open(shards, bodies);
        } catch (StoreUnavailableException e) {
            throw new StartException("sharding.urls cannot be used: " + e.getMessage(), e);
        }
    }
}
