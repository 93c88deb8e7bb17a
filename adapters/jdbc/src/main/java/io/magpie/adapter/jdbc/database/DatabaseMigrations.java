package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.QuietLog;
import io.magpie.core.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import org.flywaydb.core.Flyway;

/// Brings a database to this version's schema. Nodes that start at the same time take turns.
final class DatabaseMigrations {
    private static final int EPOCH_BYTES = 12;

    private DatabaseMigrations() {}

    static void run(DatabaseSettings settings) {
        Flyway.configure()
                .loggers(QuietLog.class.getName())
                .dataSource(settings.dialect().url(settings.url()), settings.user(), settings.password())
                .locations("classpath:db/magpie/" + settings.dialect().name().toLowerCase(Locale.ROOT))
                .table("schema_history")
                .load()
                .migrate();
    }

    /// The epoch of this database: that of whichever node was the first to choose one.
    static String epoch(Db db, Dialect dialect, InstantSource clock) throws SQLException {
        if (db.sql().number("SELECT count(*) FROM meta WHERE name = ?", DatabaseAccess.UNFINISHED) != 0) {
            throw new StoreUnavailableException(
                    "an import into it did not come to its end (expected: the import again, into an empty database)",
                    new IllegalStateException(DatabaseAccess.UNFINISHED));
        }
        var random = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(random);
        var insert = dialect.insertNew("meta (name, value) VALUES (?, ?)");
        if (db.sql().update(insert, "epoch", HexFormat.of().formatHex(random)) > 0) {
            db.sql().update(insert, "epoch_since", clock.instant().toString());
        }
        return db.sql()
                .first("SELECT value FROM meta WHERE name = 'epoch'", row -> row.getString(1))
                .orElseThrow();
    }
}
