package io.magpie.server.store;

import io.magpie.adapter.mongo.MongoSettings;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.util.Optional;

/// Where the entries of conversations are, if not in the store's own database.
public record ChosenHistory(MongoSettings settings) {
    /// Empty if they are there.
    public static Optional<ChosenHistory> of(Settings settings) {
        return switch (settings.history().in()) {
            case STORE -> Optional.empty();
            case MONGODB -> {
                var mongo = settings.mongo();
                Secret password = mongo.password();
                yield Optional.of(new ChosenHistory(new MongoSettings(
                        String.valueOf(mongo.url()),
                        mongo.database(),
                        mongo.user(),
                        password == null ? null : password.value())));
            }
        };
    }
}
