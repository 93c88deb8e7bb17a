package io.magpie.adapter.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.Databases;
import io.magpie.adapter.jdbc.sql.SqlAccounts;
import io.magpie.adapter.jdbc.sql.SqlMembers;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.log.UnreadQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// F37: what sync and history cost depends on what they answer, not on the million entries that are there.
class DatabaseEffortIT {
    private static final int CONVERSATIONS = 2000;
    private static final BodyCodec CODEC = new RecordBodyCodec();
    private static final ConversationId GROUP = ConversationId.group(1234);

    @ParameterizedTest
    @EnumSource
    void f37NothingIsReadWhole(Dialect dialect) throws SQLException {
        var settings = Databases.create(dialect);
        DatabaseMigrations.run(settings);
        try (var connection = Databases.connect(settings)) {
            fill(dialect, connection);
            connection.setAutoCommit(false);
            var effort = new Effort(dialect, connection);
            var log = new DatabaseLog(effort, dialect, CODEC, (_, _) -> List.of());
            var members = new SqlMembers(effort);
            var accounts = new SqlAccounts(effort);
            var old = new DatabaseOldEntries(effort);
            var page = LongStream.rangeClosed(1, 200)
                    .mapToObj(ConversationId::group)
                    .toList();
            Map<ConversationId, Long> places = new HashMap<>();
            page.forEach(group -> places.put(group, 500L));
            long mark = log.mark();

            var check = new SoftAssertions();
            check.assertThat(effort.of(() -> log.latest(GROUP, 1, Long.MAX_VALUE, 50)))
                    .as("latest")
                    .isLessThan(300);
            check.assertThat(effort.of(() -> log.ascending(GROUP, 250, Long.MAX_VALUE, 50)))
                    .as("ascending")
                    .isLessThan(300);
            check.assertThat(effort.of(() -> log.entry(GROUP, 250))).as("entry").isLessThan(20);
            check.assertThat(effort.of(() -> log.entries(places))).as("entries").isLessThan(2500);
            check.assertThat(effort.of(() -> log.heads(page))).as("heads").isLessThan(1500);
            check.assertThat(effort.of(() -> log.unread(page.stream()
                            .map(group -> new UnreadQuery(group, 1, 480, 500))
                            .toList())))
                    .as("unread")
                    .isLessThan(10_000);
            check.assertThat(effort.of(log::mark)).as("mark").isLessThan(20);
            check.assertThat(effort.of(() -> log.changes(mark - 100, 100)))
                    .as("changes")
                    .isLessThan(1500);
            check.assertThat(effort.of(() -> members.ofUser(1, null, 200)))
                    .as("ofUser")
                    .isLessThan(2500);
            check.assertThat(effort.of(() -> log.changed(1, 0, null, 200)))
                    .as("changed")
                    .isLessThan(2500);
            check.assertThat(effort.of(() -> members.groupsOf(7)))
                    .as("groupsOf")
                    .isLessThan(1500);
            check.assertThat(effort.of(() -> members.current(GROUP, 0, 100)))
                    .as("current")
                    .isLessThan(1000);
            check.assertThat(effort.of(() -> members.find(GROUP, 1))).as("find").isLessThan(20);
            check.assertThat(effort.of(() -> accounts.byUsername("USER77")))
                    .as("byUsername")
                    .isLessThan(20);
            check.assertThat(effort.of(() -> accounts.search("user77", 20)))
                    .as("search")
                    .isLessThan(1000);
            check.assertThat(effort.of(() -> old.before(9, null, 100)))
                    .as("before")
                    .isLessThan(1500);
            check.assertThat(effort.of(() -> append(effort, dialect)))
                    .as("append")
                    .isLessThan(1500);
            check.assertAll();
            assertThat(log.entries(places)).hasSize(200);
            assertThat(accounts.search("user77", 20)).hasSize(20);
            connection.rollback();
        }
    }

    /// A hundred drafts to as many conversations, some of them known, and a recall.
    private static void append(Effort effort, Dialect dialect) {
        var appender = new DatabaseAppender(dialect, CODEC, 1);
        var body = new Body.Message(new Content.Text("x"), 0, Mentions.NONE);
        var drafts = new java.util.ArrayList<Draft>();
        for (int group = 1; group <= 100; group++) {
            drafts.add(new Draft(ConversationId.group(group), 1, "c" + group, body, Draft.UNCHECKED));
        }
        drafts.add(new Draft(GROUP, 1, "recall", new Body.Recall(77), Draft.UNCHECKED));
        var bodies = appender.encode(drafts);
        effort.run(db -> appender.append(db, drafts, bodies, 9));
    }

    /// 2,000 groups of 50 members and 500 entries, user 1 in all of them, and 50,000 accounts.
    private static void fill(Dialect dialect, Connection connection) throws SQLException {
        byte[] body = CODEC.encode(new Body.Message(new Content.Text("x".repeat(100)), 0, Mentions.NONE));
        execute(
                connection,
                "INSERT INTO conversation (id, name, last_seq, updated_at, access) SELECT n, CONCAT('g.', n), 500, 1, 0"
                        + " FROM " + numbers(dialect, 1, CONVERSATIONS));
        try (var insert = connection.prepareStatement(
                "INSERT INTO entry (conversation_id, seq, author, sender, client_id, sent_at, kind, body)"
                        + " SELECT 1 + FLOOR(n / 500), 1 + n % 500, 1 + n % 7, 1 + n % 7, "
                        + bytes(dialect, "CONCAT('m', n)") + ", n, 1, ? FROM "
                        + numbers(dialect, 0, CONVERSATIONS * 500 - 1))) {
            insert.setBytes(1, body);
            insert.execute();
        }
        execute(
                connection,
                "INSERT INTO member (user_id, conversation_id, group_id, state, role, visible_from, visible_to,"
                        + " read_seq, delivered_seq, silenced_until, nickname, muted, pinned, hidden_seq, joined_at,"
                        + " updated_at) SELECT CASE WHEN n % 50 = 0 THEN 1 ELSE 2 + n END, 1 + FLOOR(n / 50),"
                        + " 1 + FLOOR(n / 50), 1, 1, 1, 0, 0, 0, 0, '', 0, 0, 0, 1, 1 FROM "
                        + numbers(dialect, 0, CONVERSATIONS * 50 - 1));
        execute(
                connection,
                "INSERT INTO account (id, username, username_key, nickname, nickname_key, avatar, bio, created_at,"
                        + " last_seen_at) SELECT n, CONCAT('User', n), CONCAT('user', n), CONCAT('Nick', n),"
                        + " CONCAT('nick', n), '', '', 1, 1 FROM " + numbers(dialect, 1, 50_000));
        execute(connection, dialect == Dialect.MYSQL ? "ANALYZE TABLE entry, member, account" : "VACUUM ANALYZE");
    }

    private static String numbers(Dialect dialect, int from, int to) {
        return switch (dialect) {
            case MYSQL -> "(SELECT seq AS n FROM seq_" + from + "_to_" + to + ") AS numbers";
            case POSTGRESQL -> "generate_series(" + from + ", " + to + ") AS n";
        };
    }

    private static String bytes(Dialect dialect, String text) {
        return dialect == Dialect.MYSQL ? text : "convert_to(" + text + ", 'UTF8')";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
