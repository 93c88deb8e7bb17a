package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @RegisterExtension
    final SqliteFixture sqlite = new SqliteFixture();

    @TempDir
    Path other = Path.of("");

    @Test
    void whileServingAndBackUnderANewEpoch() {
        append(sqlite.store(), "a");
        var file = other.resolve("backup.db");
        SqliteBackup.backup(sqlite.folder(), file);
        append(sqlite.store(), "b");
        var target = other.resolve("restored");
        String epoch = SqliteBackup.restore(file, target, false, InstantSource.system());
        assertThat(epoch).isNotEqualTo(sqlite.store().epoch());
        try (var restored = SqliteStore.open(target, SqliteFixture.CODEC, InstantSource.system())) {
            assertThat(restored.epoch()).isEqualTo(epoch);
            assertThat(restored.log().ascending(PAIR, 1, 9, 9))
                    .isEqualTo(sqlite.store().log().ascending(PAIR, 1, 1, 9));
            assertThat(append(restored, "a")).isEqualTo(new AppendResult.Stored(1, 5, true));
            assertThat(append(restored, "c")).isEqualTo(new AppendResult.Stored(2, 5, false));
        }
        assertThat(sqlite.store().log().ascending(PAIR, 1, 9, 9)).hasSize(2);
    }

    @Test
    void forceReplacesWhatWasThere() {
        append(sqlite.store(), "a");
        var file = other.resolve("backup.db");
        SqliteBackup.backup(sqlite.folder(), file);
        append(sqlite.store(), "b");
        sqlite.store().close();
        assertThatThrownBy(() -> SqliteBackup.restore(file, sqlite.folder(), false, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sqlite.folder().toString());
        SqliteBackup.restore(file, sqlite.folder(), true, InstantSource.system());
        assertThat(sqlite.reopen().log().ascending(PAIR, 1, 9, 9)).hasSize(1);
    }

    @Test
    void refusesWhileAServerRuns() {
        var file = other.resolve("backup.db");
        SqliteBackup.backup(sqlite.folder(), file);
        assertThatThrownBy(() -> SqliteBackup.restore(file, sqlite.folder(), true, InstantSource.system()))
                .isInstanceOf(DataFolderInUseException.class)
                .hasMessageContaining(sqlite.folder().toString());
        assertThatThrownBy(() -> SqliteStore.open(sqlite.folder(), SqliteFixture.CODEC, InstantSource.system()))
                .isInstanceOf(DataFolderInUseException.class);
        append(sqlite.store(), "a");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        var garbage = Files.writeString(other.resolve("garbage"), "not a database, but long enough to look at");
        assertThatThrownBy(() -> SqliteBackup.restore(garbage, other.resolve("x"), false, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a backup of Magpie");
        assertThat(other.resolve("x/magpie.db")).doesNotExist();
        assertThatThrownBy(() -> SqliteBackup.backup(sqlite.folder(), garbage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(garbage.toString());
        assertThatThrownBy(() -> SqliteBackup.backup(other.resolve("none"), other.resolve("y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    private static AppendResult append(SqliteStore store, String text) {
        var body = new Body.Message(new Content.Text(text), 0, Mentions.NONE);
        return store.log()
                .append(List.of(new Draft(PAIR, 1, text, body, Draft.UNCHECKED)), 5)
                .getFirst();
    }
}
