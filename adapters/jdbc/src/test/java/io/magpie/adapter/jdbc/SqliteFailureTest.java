package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteFailureTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @RegisterExtension
    final SqliteFixture sqlite = new SqliteFixture();

    @Test
    void fullDiskStopsWritesOnlyAndOnlyWhileItLasts() {
        assertThat(append(0, 10)).isEqualTo(10);
        maxPages(1);
        int stored = 10;
        for (int round = 0; round < 3; round++) {
            stored = appendUntilFull(stored);
            assertThat(sqlite.store().log().heads(List.of(PAIR)).values())
                    .allSatisfy(head -> assertThat(head.lastSeq()).isGreaterThanOrEqualTo(10));
        }
        int kept = stored;
        assertThat(sqlite.store().log().ascending(PAIR, 1, 1_000_000, 1_000_000))
                .hasSize(kept);
        maxPages(1_000_000);
        assertThat(append(kept, 500)).isEqualTo(kept + 500);
        assertThat(sqlite.reopen().log().ascending(PAIR, 1, 1_000_000, 1_000_000))
                .hasSize(kept + 500);
    }

    @Test
    void aFullDiskIsAProblemUntilThereIsRoomAgain() {
        assertThat(sqlite.store().problem()).isEmpty();
        maxPages(1);
        int stored = appendUntilFull(0);
        assertThat(sqlite.store().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("full"));
        assertThat(sqlite.store().problem()).isPresent();
        maxPages(1_000_000);
        assertThat(sqlite.store().problem()).isEmpty();

        maxPages(1);
        stored = appendUntilFull(stored);
        maxPages(1_000_000);
        append(stored, 1);
        maxPages(1);
        assertThat(sqlite.store().problem()).isEmpty();
    }

    @Test
    void aFullDiskLeavesNothingOfATransaction() {
        append(0, 1);
        maxPages(1);
        assertThatThrownBy(() -> sqlite.store().transact(transaction -> {
                    for (int i = 0; i < 100_000; i++) {
                        transaction.append(draft("x" + i, "text ".repeat(100)), 5);
                    }
                    return Outcome.done(true);
                }))
                .isInstanceOf(StoreUnavailableException.class);
        maxPages(1_000_000);
        assertThat(sqlite.store().log().ascending(PAIR, 1, 1_000_000, 1_000_000))
                .hasSize(1);
        assertThat(append(1, 1)).isEqualTo(2);
    }

    @Test
    void workThatSwallowsTheFailureIsNotCommitted() {
        append(0, 1);
        maxPages(1);
        assertThatThrownBy(() -> sqlite.store().transact(transaction -> {
                    assertThatThrownBy(() -> {
                                for (int i = 0; i < 100_000; i++) {
                                    transaction.append(draft("x" + i, "text ".repeat(100)), 5);
                                }
                            })
                            .isInstanceOf(StoreUnavailableException.class);
                    return Outcome.done(true);
                }))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(sqlite.store().log().ascending(PAIR, 1, 1_000_000, 1_000_000))
                .hasSize(1);
    }

    @Test
    void aBrokenConnectionIsOpenedAgain() {
        append(0, 1);
        var engine = sqlite.store().engine();
        assertThatThrownBy(() -> engine.transact(
                        source -> source.run(db -> {
                            db.sql().prepare("SELECT 1").getConnection().close();
                            return db.sql().number("SELECT 1");
                        }),
                        number -> true))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(append(1, 1)).isEqualTo(2);
    }

    @Test
    void keepsEpochAndDataOverARestart() {
        String epoch = sqlite.store().epoch();
        assertThat(epoch).isNotEmpty();
        append(0, 3);
        var reopened = sqlite.reopen();
        assertThat(reopened.epoch()).isEqualTo(epoch);
        assertThat(reopened.log().ascending(PAIR, 1, 9, 9)).hasSize(3);
        assertThat(reopened.log().append(List.of(draft("c0", "a")), 9))
                .containsExactly(new AppendResult.Stored(1, 5, true));
    }

    private int appendUntilFull(int from) {
        int stored = from;
        var failures = new ArrayList<StoreUnavailableException>();
        while (failures.isEmpty() && stored < 100_000) {
            try {
                stored = append(stored, 50);
            } catch (StoreUnavailableException e) {
                failures.add(e);
            }
        }
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("full"));
        return stored;
    }

    private int append(int from, int count) {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < count; i++) {
            drafts.add(draft("c" + (from + i), "text ".repeat(20)));
        }
        sqlite.store().log().append(drafts, 5);
        return from + count;
    }

    private static Draft draft(String clientId, String text) {
        return new Draft(
                PAIR, 1, clientId, new Body.Message(new Content.Text(text), 0, Mentions.NONE), Draft.UNCHECKED);
    }

    /// SQLite's own quota takes the part of the full disk; it is never below what is there.
    private void maxPages(int pages) {
        var engine = sqlite.store().engine();
        engine.transact(
                source -> source.run(db -> db.sql().number("PRAGMA max_page_count = " + pages)), number -> true);
    }
}
