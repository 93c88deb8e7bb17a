package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.sql.SearchedLog;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.search.Phrase;
import io.magpie.core.search.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The index of search as a file: whatever becomes of it, search answers what the log says.
class SqliteSearchTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @RegisterExtension
    final SqliteFixture sqlite = new SqliteFixture();

    @Test
    void aRestartGoesOnWhereTheIndexWas() {
        say("red a", "red b", "red c");
        assertThat(search().follow(2)).isEqualTo(new Search.Progress(2, 1));
        sqlite.reopen();
        assertThat(search().follow(100)).isEqualTo(new Search.Progress(1, 0));
        assertThat(found("red")).containsExactly(3L, 2L, 1L);
    }

    @Test
    void aMissingIndexIsMadeAgain() throws IOException {
        say("red a", "red b");
        search().follow(100);
        sqlite.store().close();
        Files.delete(sqlite.folder().resolve("search.db"));
        sqlite.reopen();
        assertThat(found("red")).containsExactly(2L, 1L);
        assertThat(search().follow(100)).isEqualTo(new Search.Progress(2, 0));
        assertThat(found("red")).containsExactly(2L, 1L);
    }

    @Test
    void aBrokenIndexIsMadeAgain() throws IOException {
        say("red a", "red b");
        search().follow(100);
        sqlite.store().close();
        Files.writeString(sqlite.folder().resolve("search.db"), "This is not a database. ".repeat(1000));
        sqlite.reopen();
        assertThat(search().follow(100)).isEqualTo(new Search.Progress(2, 0));
        assertThat(found("red")).containsExactly(2L, 1L);
    }

    @Test
    void anIndexOfAnotherHistoryIsNotUsed(@TempDir Path elsewhere) {
        say("red a");
        SqliteBackup.backup(sqlite.folder(), elsewhere.resolve("backup"));
        say("red b", "blue c");
        search().follow(100);
        sqlite.store().close();
        SqliteBackup.restore(elsewhere.resolve("backup"), sqlite.folder(), true, InstantSource.system());
        sqlite.reopen();
        say("blue d");
        assertThat(found("red")).containsExactly(1L);
        assertThat(search().follow(100)).isEqualTo(new Search.Progress(2, 0));
        assertThat(found("red")).containsExactly(1L);
        assertThat(found("blue")).containsExactly(2L);
    }

    /// Somebody put an older copy of the file back by hand.
    @Test
    void anIndexAheadOfTheLogBeginsAgain() throws IOException {
        say("red a");
        sqlite.store().close();
        var copy = Files.readAllBytes(sqlite.folder().resolve("magpie.db"));
        sqlite.reopen();
        say("red b", "red c");
        search().follow(100);
        sqlite.store().close();
        Files.write(sqlite.folder().resolve("magpie.db"), copy);
        sqlite.reopen();
        say("blue b");
        assertThat(found("red")).containsExactly(1L);
        assertThat(search().follow(100)).isEqualTo(new Search.Progress(2, 0));
        assertThat(found("red")).containsExactly(1L);
        assertThat(found("blue")).containsExactly(2L);
    }

    @Test
    void whatIsTooFarBehindIsSaid() {
        say(IntStream.range(0, 10).mapToObj(i -> "red " + i).toArray(String[]::new));
        var engine = sqlite.store().engine();
        var hasty = new SqlSearch(
                engine.reads(),
                engine.words(),
                SearchedLog.table(SqliteFixture.CODEC),
                new SqlSearch.Reach(3, 0),
                InstantSource.system());
        assertThat(hasty.find(query("red")).complete()).isFalse();
        assertThat(hasty.find(query("red")).entries()).map(Entry::seq).containsExactly(10L, 9L, 8L);
        hasty.follow(7);
        assertThat(hasty.find(query("red")).complete()).isTrue();
        assertThat(hasty.find(query("red")).entries()).hasSize(10);
    }

    @Test
    void whatIsNotSettledIsNotIndexedButFound() {
        say("red a", "red b");
        var engine = sqlite.store().engine();
        var now = new AtomicLong(1_000_000);
        var careful = new SqlSearch(
                engine.reads(),
                engine.words(),
                SearchedLog.table(SqliteFixture.CODEC),
                new SqlSearch.Reach(100, 5000),
                () -> Instant.ofEpochMilli(now.get()));
        assertThat(careful.follow(10)).isEqualTo(new Search.Progress(0, 0));
        say("red c");
        now.addAndGet(4999);
        assertThat(careful.follow(10)).isEqualTo(new Search.Progress(0, 0));
        assertThat(careful.find(query("red")).entries()).hasSize(3);
        now.addAndGet(1);
        assertThat(careful.follow(10)).isEqualTo(new Search.Progress(2, 0));
        now.addAndGet(5000);
        assertThat(careful.follow(10)).isEqualTo(new Search.Progress(1, 0));
        assertThat(careful.find(query("red")).entries()).hasSize(3);
    }

    private Search search() {
        return sqlite.store().search();
    }

    private void say(String... texts) {
        var drafts = Stream.of(texts)
                .map(text -> new Draft(
                        PAIR, 1, text, new Body.Message(new Content.Text(text), 0, Mentions.NONE), Draft.UNCHECKED))
                .toList();
        sqlite.store().log().append(drafts, 1000);
    }

    private List<Long> found(String query) {
        return search().find(query(query)).entries().stream().map(Entry::seq).toList();
    }

    private static Search.Query query(String query) {
        if (Phrase.parse(query) instanceof Outcome.Done<Phrase>(Phrase phrase)) {
            return new Search.Query(List.of(new Search.Range(PAIR, 1, Long.MAX_VALUE)), phrase, 0, 0, 50);
        }
        throw new AssertionError(query);
    }
}
