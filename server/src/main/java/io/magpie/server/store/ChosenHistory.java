package io.magpie.server.store;

import io.magpie.adapter.mongo.MongoSettings;
import io.magpie.core.log.ShelfOpener;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the entries of conversations are, if not in the store's own database.
public sealed interface ChosenHistory {
    record InMongo(MongoSettings settings) implements ChosenHistory {}

    record Sharded(ShelfOpener.Shards shards) implements ChosenHistory {}

    /// Empty if they are there.
    static Optional<ChosenHistory> of(Settings settings) {
        return switch (settings.history().in()) {
            case STORE -> Optional.empty();
            case MONGODB -> {
                var mongo = settings.mongo();
                yield Optional.of(new InMongo(new MongoSettings(
                        String.valueOf(mongo.url()), mongo.database(), mongo.user(), value(mongo.password()))));
            }
            case SHARDED -> {
                var sharding = settings.sharding();
                yield Optional.of(new Sharded(new ShelfOpener.Shards(
                        sharding.urls(), sharding.user(), value(sharding.password()), sharding.connections())));
            }
        };
    }

    private static @Nullable String value(@Nullable Secret password) {
        return password == null ? null : password.value();
    }
}
