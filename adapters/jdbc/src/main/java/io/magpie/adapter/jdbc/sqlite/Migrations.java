package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.QuietLog;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/// Brings a database file to this version's schema.
final class Migrations {
    private static final String LOCATION = "classpath:db/magpie/sqlite";
    private static final int EPOCH_BYTES = 12;

    private Migrations() {}

    static void run(Connections connections) {
        var source = new SQLiteDataSource();
        source.setUrl(connections.url());
        Flyway.configure()
                .loggers(QuietLog.class.getName())
                .dataSource(source)
                .locations(LOCATION)
                .table("schema_history")
                .load()
                .migrate();
    }

    /// The epoch of this file, a new one if it has none yet.
    static String epoch(Connection connection, InstantSource clock) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT value FROM meta WHERE name = 'epoch'");
                ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                return rows.getString(1);
            }
        }
        return newEpoch(connection, clock);
    }

    static String newEpoch(Connection connection, InstantSource clock) throws SQLException {
        var random = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(random);
        String epoch = HexFormat.of().formatHex(random);
        try (PreparedStatement replace = connection.prepareStatement(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('epoch', ?), ('epoch_since', ?)")) {
            replace.setString(1, epoch);
            replace.setString(2, clock.instant().toString());
            replace.executeUpdate();
        }
        return epoch;
    }
}
