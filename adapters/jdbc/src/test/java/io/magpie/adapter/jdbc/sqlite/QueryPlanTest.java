package io.magpie.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.adapter.jdbc.sql.SearchedLog;
import io.magpie.adapter.jdbc.sql.SqlAccounts;
import io.magpie.adapter.jdbc.sql.SqlContacts;
import io.magpie.adapter.jdbc.sql.SqlGroups;
import io.magpie.adapter.jdbc.sql.SqlLogins;
import io.magpie.adapter.jdbc.sql.SqlMembers;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sql.WordIndex;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.log.UnreadQuery;
import io.magpie.core.search.Phrase;
import io.magpie.core.search.Search;
import io.magpie.core.search.Word;
import io.magpie.core.search.Words;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// F37: no statement that the server runs while serving reads a whole table. At a million entries.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlanTest {
    private static final BodyCodec CODEC = new RecordBodyCodec();
    private static final Body BODY = new Body.Message(new Content.Text("hi"), 0, Mentions.NONE);
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final int ENTRIES = 1_000_000;
    private static final int CONVERSATIONS = 1000;

    /// By name and by alias.
    private static final List<String> TABLES = List.of(
            "account",
            "login",
            "friend",
            "friend_request",
            "user_block",
            "chat_group",
            "g",
            "join_request",
            "conversation",
            "c",
            "member",
            "m",
            "entry",
            "entry_place",
            "entry_repeat",
            "e",
            "mention");

    private Connection connection = uncreated();
    private RecordedStatements statements = new RecordedStatements(connection);

    @BeforeAll
    void fill(@TempDir Path folder) throws SQLException {
        SqliteStore.open(folder, CODEC, InstantSource.system()).close();
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("magpie.db"));
        sql("PRAGMA synchronous = OFF");
        sql("PRAGMA cache_size = -200000");
        connection.setAutoCommit(false);
        sql(
                "INSERT INTO conversation (id, name, last_seq, updated_at, access) WITH RECURSIVE n (i) AS"
                        + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i, 'd.1.' || (i + 1), ?, 5, 0 FROM n",
                CONVERSATIONS,
                ENTRIES / CONVERSATIONS);
        sql("INSERT INTO member SELECT 1, id, 0, 1, 1, 1, 0, 0, 0, 0, '', 0, 0, 0, 5, 5 FROM conversation");
        var insert = connection.prepareStatement("INSERT INTO entry (conversation_id, seq, author, sender, client_id,"
                + " sent_at, kind, body) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                + " SELECT i / 1000 + 1, i % 1000 + 1, 1 + i % 2, 1 + i % 2, 'c' || i, 5, 1, ? FROM n");
        insert.setInt(1, ENTRIES - 1);
        insert.setBytes(2, CODEC.encode(BODY));
        insert.executeUpdate();
        insert.close();
        sql("INSERT INTO entry_place SELECT conversation_id << 32 | seq, id, author FROM entry WHERE id > ?", 0);
        sql("INSERT INTO entry_repeat SELECT conversation_id << 32 | seq, id FROM entry WHERE id > ?", 0);
        sql("INSERT INTO meta (name, value) VALUES ('indexed', ?)", ENTRIES);
        connection.commit();
    }

    @BeforeEach
    void record() throws SQLException {
        statements = new RecordedStatements(connection);
        EntryIndex.of(statements.db()).load(statements.db().sql());
    }

    @AfterEach
    void undo() throws SQLException {
        connection.rollback();
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void f37TheLogIsReadByItsIndexes() throws SQLException {
        var log = new SqliteLog(statements, CODEC, (batch, now) -> List.of());
        assertThat(log.ascending(PAIR, 500, 600, 50)).hasSize(50);
        assertThat(log.latest(PAIR, 1, Long.MAX_VALUE, 50)).hasSize(50);
        assertThat(log.entry(PAIR, 1000)).isPresent();
        assertThat(log.entries(Map.of(PAIR, 7L))).hasSize(1);
        assertThat(log.heads(List.of(PAIR, ConversationId.direct(1, 3)))).hasSize(2);
        assertThat(log.changed(1, 0, PAIR, 200)).hasSize(200);
        assertThat(log.unread(List.of(new UnreadQuery(PAIR, 2, 100, 1000)))).hasSize(1);
        assertThat(log.mark()).isEqualTo(ENTRIES);
        assertThat(log.changes(ENTRIES - 10, 100).entries()).hasSize(10);
        assertIndexed(8);
        assertThat(plans().stream().filter(plan -> plan.contains("FROM entry_place")))
                .hasSizeGreaterThan(3)
                .allMatch(plan -> plan.contains("SEARCH entry_place USING INTEGER PRIMARY KEY"))
                .noneMatch(plan -> plan.contains("TEMP B-TREE"));
        assertThat(plans().stream().filter(plan -> plan.contains("ORDER BY m.conversation_id")))
                .singleElement()
                .asString()
                .contains("SEARCH m USING PRIMARY KEY")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void f37AppendingLooksUpByItsIndexes() throws SQLException {
        var appender = new SqliteAppender(CODEC);
        var drafts = new ArrayList<Draft>();
        for (int peer = 2; peer < 300; peer++) {
            drafts.add(new Draft(ConversationId.direct(1, peer), 1, "x" + peer, BODY, 0));
        }
        drafts.add(new Draft(ConversationId.direct(8, 9), 8, "new", BODY, 0));
        drafts.add(new Draft(PAIR, 2, "edit", new Body.Edit(1, new Content.Text("b")), 0));
        drafts.add(new Draft(PAIR, 2, "recall", new Body.Recall(1), 0));
        for (int repeat = 0; repeat < 2; repeat++) {
            assertThat(appender.append(statements.db(), drafts, appender.encode(drafts), 9))
                    .hasSize(301);
        }
        assertIndexed(10);
    }

    @Test
    void f37MembersAreReadByTheirIndexes() throws SQLException {
        var members = new SqlMembers(statements);
        assertThat(members.ofUser(1, PAIR, 200)).hasSize(200);
        assertThat(members.groupsOf(1)).isEmpty();
        assertThat(members.find(PAIR, 1)).isPresent();
        assertThat(members.findAll(PAIR, List.of(1L, 2L))).hasSize(1);
        assertThat(members.current(PAIR, 0, 10)).hasSize(1);
        assertThat(members.count(PAIR)).isEqualTo(1);
        assertThat(members.readers(PAIR, 0, 10)).hasSize(1);
        assertThat(members.admins(PAIR)).isEmpty();
        members.join(PAIR, List.of(2L), 1, 9);
        members.end(PAIR, List.of(2L), Member.State.LEFT, 1, 9);
        members.join(PAIR, List.of(2L), 1, 9);
        members.preferences(PAIR, 2, true, true, 1, 9);
        members.openHistory(PAIR, 9);
        members.endAll(PAIR, Member.State.LEFT, 5, 9);
        assertThat(members.advance(PAIR, 1, 3, 3, 9)).isTrue();
        assertIndexed(12);
        assertThat(plans().stream().filter(plan -> plan.contains("ORDER BY m.conversation_id")))
                .singleElement()
                .asString()
                .contains("SEARCH m USING PRIMARY KEY")
                .doesNotContain("TEMP B-TREE");
        assertThat(plans().stream().filter(plan -> plan.startsWith("SELECT group_id")))
                .singleElement()
                .asString()
                .contains("USING INDEX member_groups");
    }

    @Test
    void f37PeopleAreFoundByIndexes() throws SQLException {
        var accounts = new SqlAccounts(statements);
        long ann =
                accounts.insert("ann", "h", "sub", "Ann", "", 5).orElseThrow().id();
        assertThat(accounts.search("a", 10)).hasSize(1);
        assertThat(accounts.findAll(List.of(ann))).hasSize(1);
        assertThat(accounts.byUsername("ANN")).isPresent();
        assertThat(accounts.byExternal("sub")).isPresent();
        assertThat(accounts.credentials("ann")).isPresent();
        var logins = new SqlLogins(statements);
        assertThat(logins.byToken(new byte[] {1})).isEmpty();
        assertThat(logins.ofUser(ann)).isEmpty();
        var contacts = new SqlContacts(statements);
        long request = contacts.request(1, 2, "", "", 5).id();
        assertThat(contacts.requests(1, 10)).hasSize(1);
        assertThat(contacts.pending(1, 2)).isPresent();
        assertThat(contacts.request(request)).isPresent();
        assertThat(contacts.relation(1, 2).friends()).isFalse();
        contacts.befriend(1, 2, "", 5);
        assertThat(contacts.friends(1)).hasSize(1);
        assertThat(contacts.unfriend(1, 2)).isTrue();
        contacts.block(1, 2, 5);
        assertThat(contacts.blocks(1)).hasSize(1);
        var groups = new SqlGroups(statements);
        assertThat(groups.standing(1, 1)).isEmpty();
        assertThat(groups.joinRequests(1)).isEmpty();
        assertThat(groups.findAll(List.of(1L))).isEmpty();
        assertIndexed(20);
    }

    @Test
    void f37WhatIsOverIsFoundByIndexes() throws SQLException {
        var old = new SqliteOldEntries(statements, CODEC);
        assertThat(old.before(9, PAIR, 100).conversations()).hasSize(100);
        sql("INSERT INTO mention VALUES (1, 2, 7, 1)");
        assertThat(old.delete(PAIR, 9, 100, 9)).isEqualTo(100);
        assertThat(new SqliteLog(statements, CODEC, (batch, now) -> List.of()).entry(PAIR, 100))
                .isEmpty();
        assertThat(new SqlLogins(statements).deleteExpired(9, 100)).isZero();
        assertThat(new SqlContacts(statements).deleteAnswered(9, 100)).isZero();
        assertIndexed(9);
        assertThat(plans().stream().filter(plan -> plan.startsWith("DELETE FROM entry_place")))
                .singleElement()
                .asString()
                .contains("SEARCH entry_place USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
    }

    @Test
    void f37SearchReadsTheLogByItsIndexes() throws SQLException {
        var index = new FakeIndex();
        var search = new SqlSearch(
                statements, index, SearchedLog.table(CODEC), new SqlSearch.Reach(100, 0), InstantSource.system());
        statements.run(db -> new SqliteAppender(CODEC)
                .append(
                        db,
                        List.of(new Draft(PAIR, 2, "edit", new Body.Edit(1, new Content.Text("hi")), 0)),
                        new byte[][] {CODEC.encode(new Body.Edit(1, new Content.Text("hi")))},
                        9));
        statements.texts().clear();
        var ranges = new ArrayList<Search.Range>();
        for (int peer = 2; peer < 300; peer++) {
            ranges.add(new Search.Range(ConversationId.direct(1, peer), 1, Long.MAX_VALUE));
        }
        var phrase = new Phrase(Words.of("hi"));
        assertThat(search.find(new Search.Query(ranges, phrase, 0, 0, 20)).entries())
                .hasSize(20);
        assertThat(search.follow(100).done()).isEqualTo(100);
        assertThat(search.trim(100)).isZero();
        assertIndexed(6);
    }

    /// Names the same rows whatever it is asked.
    private static final class FakeIndex implements WordIndex, WordIndex.View {
        @Override
        public <T> T read(Reading<T> work) {
            return work.of(this);
        }

        @Override
        public void write(Collection<Change> changes, long position) {
            assertThat(changes).isNotEmpty();
        }

        @Override
        public long position() {
            return ENTRIES - 500;
        }

        @Override
        public List<Long> rows(long conversation, long sender, Set<Word.Term> terms, long before, int limit) {
            return List.of(conversation * 1000);
        }

        @Override
        public List<Long> oldest(int limit) {
            return LongStream.rangeClosed(1, limit).boxed().toList();
        }
    }

    private void assertIndexed(int atLeast) throws SQLException {
        var plans = plans();
        assertThat(plans).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(plans).noneMatch(plan -> plan.lines().skip(1).anyMatch(QueryPlanTest::scansTable));
    }

    /// A subquery or a list of values is scanned too, but never grows.
    private static boolean scansTable(String step) {
        return TABLES.stream().anyMatch(table -> (step + " ").startsWith("SCAN " + table + " "));
    }

    /// Of each statement its text, and on the lines after it the steps of its plan.
    private List<String> plans() throws SQLException {
        var plans = new ArrayList<String>();
        for (var text : List.copyOf(statements.texts())) {
            var plan = new StringBuilder(text);
            try (var statement = connection.createStatement();
                    var steps = statement.executeQuery("EXPLAIN QUERY PLAN " + text)) {
                while (steps.next()) {
                    plan.append('\n').append(steps.getString("detail"));
                }
            }
            plans.add(plan.toString());
        }
        return plans;
    }

    private void sql(String text, int... arguments) throws SQLException {
        try (var statement = connection.prepareStatement(text)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setInt(i + 1, arguments[i]);
            }
            statement.execute();
        }
    }

    private static Connection uncreated() {
        try {
            return DriverManager.getConnection("jdbc:sqlite::memory:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
