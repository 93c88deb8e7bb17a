package io.magpie.adapter.mongo;

import com.mongodb.client.MongoClients;
import io.magpie.adapter.jdbc.ShelfFixture;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The MongoDB of this JVM's tests: the one that MAGPIE_TEST_MONGODB names, or the server that speaks its protocol,
/// started when it is first asked for; it ends with the JVM.
final class Mongo {
    private static final @Nullable String REAL = System.getenv("MAGPIE_TEST_MONGODB");
    private static @Nullable RunningEngine started;
    private static @Nullable MongoSettings shared;

    private Mongo() {}

    private static synchronized String url() {
        if (REAL != null) {
            return REAL;
        }
        if (started == null) {
            started = Engine.MONGO.start();
        }
        return Objects.requireNonNull(started).url();
    }

    /// Over one database for all tests that ask for it, one after the other.
    static ShelfFixture fixture() {
        return new ShelfFixture(() -> MongoShelf.open(shared(), new RecordBodyCodec()), () -> empty(shared()));
    }

    private static synchronized MongoSettings shared() {
        if (shared == null) {
            shared = database();
        }
        return shared;
    }

    /// A database of its own; a real server does not keep it.
    private static MongoSettings database() {
        var settings = database(url());
        if (REAL != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(settings)));
        }
        return settings;
    }

    private static void drop(MongoSettings settings) {
        try (var client = MongoClients.create(settings.url())) {
            client.getDatabase(settings.database()).drop();
        }
    }

    static MongoSettings database(String url) {
        return new MongoSettings(url, "magpie_" + UUID.randomUUID().toString().substring(0, 8), null, null);
    }

    /// Leaves the indexes.
    private static void empty(MongoSettings settings) {
        try (var client = MongoClients.create(settings.url())) {
            var database = client.getDatabase(settings.database());
            for (var name : database.listCollectionNames()) {
                database.getCollection(name).deleteMany(new org.bson.Document());
            }
        }
    }
}
