package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.adapter.jdbc.move.StoreImport;
import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Device;
import io.magpie.core.device.Logins;
import io.magpie.core.device.Platform;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.group.JoinRequest;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.UnreadQuery;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// F16: who outgrows the embedded store finds everything again in a database.
class StoreImportIT {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final ConversationId GROUP = ConversationId.group(1);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void f16EverythingArrivesAndGoesOn(Dialect dialect) {
        var settings = Databases.create(dialect);
        Path backup = folder.resolve("backup.db");
        Map<String, Long> told = new HashMap<>();
        try (var embedded = SqliteStore.open(folder.resolve("data"), SqliteFixture.CODEC, InstantSource.system())) {
            fill(embedded);
            SqliteBackup.backup(folder.resolve("data"), backup);
            assertThat(StoreImport.run(backup, settings, (work, rows, _) -> told.put(work, rows)))
                    .isEqualTo(2505);
            assertThat(told).containsEntry("copying entry", 2505L).containsEntry("comparing entry", 2505L);
            try (var database =
                    DatabaseStore.open(settings, Databases.folder(), SqliteFixture.CODEC, InstantSource.system(), 1)) {
                assertThat(database.epoch()).isEqualTo(embedded.epoch());
                same(embedded, database);
                goesOn(embedded, database);
            }
        }
        assertThatThrownBy(() -> StoreImport.run(backup, settings, (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store: the table account has rows (expected: an empty database)");
    }

    @ParameterizedTest
    @EnumSource
    void whatDidNotComeToItsEndIsNotServed(Dialect dialect) {
        var settings = Databases.create(dialect);
        Path backup = folder.resolve("backup.db");
        try (var embedded = SqliteStore.open(folder.resolve("data"), SqliteFixture.CODEC, InstantSource.system())) {
            fill(embedded);
            SqliteBackup.backup(folder.resolve("data"), backup);
        }
        assertThatThrownBy(() -> StoreImport.run(backup, settings, (work, _, _) -> {
                    if (work.equals("comparing conversation")) {
                        spoil(settings);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("import: entry id 77 arrived as another row");
        assertThatThrownBy(() -> DatabaseStore.open(
                        settings, Databases.folder(), SqliteFixture.CODEC, InstantSource.system(), 1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("an import into it did not come to its end");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoBackupIsRefused(Dialect dialect) {
        var settings = Databases.create(dialect);
        assertThatThrownBy(() -> StoreImport.run(folder.resolve("none.db"), settings, (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backup: ");
    }

    /// A table that a later version adds is moved as well, or somebody says here why not.
    @Test
    void noTableIsForgotten() throws SQLException {
        SqliteStore.open(folder, SqliteFixture.CODEC, InstantSource.system()).close();
        var tables = new TreeSet<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("magpie.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).containsAll(StoreImport.tables());
        tables.removeAll(StoreImport.tables());
        assertThat(tables).containsExactly("entry_place", "entry_repeat", "meta", "schema_history", "sqlite_sequence");
    }

    private static void spoil(DatabaseSettings settings) {
        try (var connection = Databases.connect(settings);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE entry SET sent_at = sent_at + 1 WHERE id = 77");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(Storage store) {
        Edits.in(store, tx -> {
            var accounts = tx.on(Accounts.Edits.class);
            accounts.insert("Ann", "hash", null, "Ann 👋", "", 1);
            accounts.insert(null, null, "sub|2", "Ümit", "", 2);
            accounts.insert(10, "demo", 3);
            var logins = tx.on(Logins.Edits.class);
            logins.open(1, new Device("d1", Platform.WEB, "Laptop"), new byte[] {1, 2, 3}, 1, 99);
            logins.close(logins.open(1, new Device("d2", Platform.IOS, "Phone"), null, 1, 99)
                    .id());
            var contacts = tx.on(Contacts.Edits.class);
            contacts.befriend(1, 2, "pal", 1);
            contacts.request(2, 10, "hi", "", 4);
            contacts.block(10, 1, 5);
            var groups = tx.on(Groups.Edits.class);
            groups.insert(new Group(0, "Birds", "", "Read\nme", JoinPolicy.APPROVAL, null, true, 0, 1, 1, 0));
            groups.askToJoin(new JoinRequest(1, 10, "please", 6));
            tx.on(Members.Edits.class).join(GROUP, List.of(1L, 2L), 1, 7);
        });
        for (int batch = 0; batch < 50; batch++) {
            var drafts = new ArrayList<Draft>();
            for (int i = 0; i < 50; i++) {
                drafts.add(message(i % 3 == 0 ? GROUP : PAIR, 1 + i % 2, batch + " " + i));
            }
            store.log().append(drafts, 100 + batch);
        }
        var mention = new Body.Message(new Content.Text("@Ann"), 0, new Mentions(true, List.of(1L)));
        store.log()
                .append(
                        List.of(
                                new Draft(GROUP, 2, "mention", mention, Draft.UNCHECKED),
                                new Draft(PAIR, 1, "edit", new Body.Edit(3, new Content.Text("edited")), -1),
                                new Draft(PAIR, 1, "recall", new Body.Recall(4), -1),
                                new Draft(PAIR, 1, null, new Body.Reaction(5, "👍", true), -1),
                                message(PAIR, 1, "last")),
                        999);
        Edits.in(store, tx -> tx.on(Members.Edits.class).advance(PAIR, 2, 40, 50, 8));
    }

    private static Draft message(ConversationId to, long sender, String text) {
        return new Draft(to, sender, text, new Body.Message(new Content.Text(text), 0, Mentions.NONE), Draft.UNCHECKED);
    }

    private static void same(Storage embedded, Storage database) {
        for (var conversation : List.of(PAIR, GROUP)) {
            assertThat(database.log().ascending(conversation, 1, 9999, 9999))
                    .isEqualTo(embedded.log().ascending(conversation, 1, 9999, 9999));
            assertThat(database.log().heads(List.of(conversation)))
                    .isEqualTo(embedded.log().heads(List.of(conversation)));
            assertThat(database.members().current(conversation, 0, 99))
                    .isEqualTo(embedded.members().current(conversation, 0, 99));
            var unread = List.of(new UnreadQuery(conversation, 1, 10, 3000));
            assertThat(database.log().unread(unread)).isEqualTo(embedded.log().unread(unread));
        }
        assertThat(database.log().mark()).isEqualTo(embedded.log().mark());
        assertThat(database.accounts().findAll(List.of(1L, 2L, 10L)))
                .containsExactlyInAnyOrderElementsOf(embedded.accounts().findAll(List.of(1L, 2L, 10L)));
        assertThat(database.accounts().credentials("ANN"))
                .isEqualTo(embedded.accounts().credentials("ANN"));
        assertThat(database.logins().byToken(new byte[] {1, 2, 3}))
                .isPresent()
                .isEqualTo(embedded.logins().byToken(new byte[] {1, 2, 3}));
        assertThat(database.contacts().relation(1, 2))
                .isEqualTo(embedded.contacts().relation(1, 2));
        assertThat(database.contacts().relation(1, 10))
                .isEqualTo(embedded.contacts().relation(1, 10));
        assertThat(database.contacts().requests(2, 9))
                .isEqualTo(embedded.contacts().requests(2, 9));
        assertThat(database.groups().find(1)).isEqualTo(embedded.groups().find(1));
        assertThat(database.groups().joinRequests(1))
                .isEqualTo(embedded.groups().joinRequests(1));
    }

    /// Repeats are known and ids go on behind those that were ever given, as they would have at the old place.
    private static void goesOn(Storage embedded, Storage database) {
        for (var store : List.of(embedded, database)) {
            assertThat(store.log().append(List.of(message(PAIR, 2, "0 1"), message(PAIR, 2, "new")), 1000))
                    .first()
                    .isEqualTo(new AppendResult.Stored(1, 100, true));
            Edits.in(store, tx -> {
                assertThat(tx.on(Accounts.Edits.class)
                                .insert("Bob", null, null, "Bob", "", 9)
                                .orElseThrow()
                                .id())
                        .isEqualTo(11);
                assertThat(tx.on(Logins.Edits.class)
                                .open(2, new Device("d3", Platform.WEB, ""), null, 1, 99)
                                .id())
                        .isEqualTo(3);
            });
        }
        same(embedded, database);
    }
}
