package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One schema after the other, as upgrades and their way back meet it.
class SchemaVersionsTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @TempDir
    Path folder = Path.of("");

    @Test
    void aStoreOfTheFirstSchemaGoesOn() {
        assertThat(Flyway.configure()
                        .dataSource(url(), null, null)
                        .locations("classpath:db/magpie/sqlite")
                        .table("schema_history")
                        .target("1")
                        .load()
                        .migrate()
                        .migrationsExecuted)
                .isEqualTo(1);
        assertThat(append("a")).isEqualTo(new AppendResult.Stored(1, 5, false));
        assertThat(append("b")).isEqualTo(new AppendResult.Stored(2, 5, false));
    }

    /// A node of the version before starts again while newer ones have migrated.
    @Test
    void aSchemaThatALaterVersionAddedToIsServed() throws SQLException {
        append("a");
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE of_later (id INTEGER PRIMARY KEY)");
            assertThat(statement.executeUpdate("INSERT INTO schema_history (installed_rank, version, description, type,"
                            + " script, checksum, installed_by, installed_on, execution_time, success) VALUES"
                            + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', '2030-01-01 00:00:00', 1, 1)"))
                    .isEqualTo(1);
        }
        assertThat(append("b")).isEqualTo(new AppendResult.Stored(2, 5, false));
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("magpie.db");
    }

    private AppendResult append(String clientId) {
        try (var store = SqliteStore.open(folder, SqliteFixture.CODEC, InstantSource.system())) {
            var body = new Body.Message(new Content.Text("t"), 0, Mentions.NONE);
            return store.log()
                    .append(List.of(new Draft(PAIR, 1, clientId, body, Draft.UNCHECKED)), 5)
                    .getFirst();
        }
    }
}
