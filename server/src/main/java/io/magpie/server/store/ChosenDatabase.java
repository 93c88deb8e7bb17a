package io.magpie.server.store;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.server.config.Database;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.util.Optional;

/// The server database that the settings name.
///
/// @param key of its group of settings
public record ChosenDatabase(String key, DatabaseSettings settings) {
    /// Empty if the store is embedded.
    public static Optional<ChosenDatabase> of(Settings settings) {
        return switch (settings.store()) {
            case SQLITE -> Optional.empty();
            case MYSQL -> Optional.of(of("mysql", Dialect.MYSQL, settings.mysql()));
            case POSTGRESQL -> Optional.of(of("postgresql", Dialect.POSTGRESQL, settings.postgresql()));
        };
    }

    /// How many batches of messages are committed at the same time: half of what may write. An embedded store has
    /// one writer.
    public static int messageWriters(Settings settings) {
        return of(settings).map(database -> database.settings().writers() / 2).orElse(1);
    }

    private static ChosenDatabase of(String key, Dialect dialect, Database database) {
        Secret password = database.password();
        return new ChosenDatabase(
                key,
                new DatabaseSettings(
                        dialect,
                        String.valueOf(database.url()),
                        database.user(),
                        password == null ? null : password.value(),
                        database.writers(),
                        database.readers()));
    }
}
