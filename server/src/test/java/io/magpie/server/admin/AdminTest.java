package io.magpie.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.account.Accounts;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.json.JsonBodyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void whatIsBackedUpBesideTheServerIsRestoredAsANewEpoch() throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("files"));
        Path file = folder.resolve("backup.db");
        String epoch;
        try (var store = open(data)) {
            epoch = store.epoch();
            var _ = store.transact(tx -> Outcome.done(tx.on(Accounts.Edits.class)
                    .insert("ada", null, null, "Ada", "", 1)
                    .isPresent()));
            assertThat(run("backup", file.toString(), "--data", data.toString()))
                    .isZero();
            assertThat(said(out))
                    .startsWith("backed up ")
                    .contains("uploads are not in it; copy " + data.resolve("files"));

            assertThat(run("restore", file.toString(), "--force", "--data", data.toString()))
                    .isEqualTo(1);
            assertThat(said(err)).isEqualTo("magpie: data: a server is running on it (expected: a stopped server)\n");
        }
        Path other = folder.resolve("other");
        assertThat(run("restore", file.toString(), "--data", other.toString())).isZero();
        try (var store = open(other)) {
            assertThat(store.epoch()).isNotEqualTo(epoch);
            assertThat(store.accounts().byUsername("ada")).isPresent();
        }
    }

    @Test
    void aMistakeIsOneSentence() {
        assertThat(run(
                        "backup",
                        folder.resolve("b.db").toString(),
                        "--data",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(said(err)).startsWith("magpie: data folder: ").hasLineCount(1);
        String expected = " (expected: admin backup FILE, or admin restore FILE, or admin export FILE, or admin import"
                + " FILE)\n";
        assertThat(run("backup")).isEqualTo(2);
        assertThat(said(err)).isEqualTo("magpie: admin backup" + expected);
        assertThat(run("copy", "x")).isEqualTo(2);
        assertThat(said(err)).isEqualTo("magpie: admin copy x" + expected);
        assertThat(run("import", "x")).isEqualTo(2);
        assertThat(said(err))
                .startsWith("magpie: store: sqlite (expected: mysql or postgresql")
                .hasLineCount(1);
        assertThat(run("export", "x", "--set", "store=mysql", "--set", "mysql.url=jdbc:mariadb://127.0.0.1:1/none"))
                .isEqualTo(2);
        assertThat(said(err))
                .startsWith("magpie: store: mysql (expected: sqlite")
                .hasLineCount(1);
        assertThat(run("import", "x", "--set", "store=mysql")).isEqualTo(2);
        assertThat(said(err)).startsWith("magpie: mysql.url is missing").hasLineCount(1);
        assertThat(run("backup", "x", "--dat", "y")).isEqualTo(2);
        assertThat(said(err)).isEqualTo("magpie: --dat is no option of this command (did you mean --data?)\n");
    }

    @Test
    void helpExplainsIt() {
        assertThat(run("--help")).isZero();
        assertThat(said(out)).contains("backup FILE").contains("restore FILE");
    }

    private static SqliteStore open(Path data) {
        return SqliteStore.open(data, new JsonBodyCodec(), Clock.systemUTC());
    }

    private int run(String... arguments) {
        return Admin.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static String said(ByteArrayOutputStream stream) {
        String said = stream.toString(StandardCharsets.UTF_8);
        stream.reset();
        return said;
    }
}
