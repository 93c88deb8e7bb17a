package io.magpie.adapter.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Count;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.log.EntryShelf.Next;
import io.magpie.core.log.EntryShelf.Place;
import io.magpie.core.log.EntryShelf.Sending;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.log.ShelfOpener.Shards;
import io.magpie.core.log.Unread;
import io.magpie.core.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// Three shards by themselves.
class ShardedShelfIT {
    private static final int CONVERSATIONS = 60;
    private static final int ENTRIES = 1_200;
    private static final Body BODY = new Body.Message(new Content.Text("x".repeat(100)), 0, Mentions.NONE);
    private static final List<String> NAMES = List.of("third", "fourth", "fifth");

    /// F37: what a question costs depends on what is answered, not on what is there.
    @Test
    void f37NothingIsReadWhole() {
        try (var shelf = ShardedShelf.open(Schemas.of(Schemas.server(), NAMES), new RecordBodyCodec())) {
            fill(shelf);
            var all = LongStream.rangeClosed(1, CONVERSATIONS).boxed().toList();
            var last = Long.valueOf(shelf.taken());
            var check = new SoftAssertions();
            assertRead(check, "range", 100, () -> shelf.range(7, 500, 549), 50);
            assertRead(
                    check,
                    "at",
                    1_000,
                    () -> shelf.at(all.stream().map(key -> new Place(key, 70)).toList()),
                    CONVERSATIONS);
            assertRead(
                    check,
                    "sent",
                    1_000,
                    () -> shelf.sent(
                            all.stream().map(key -> new Sending(key, 1, "c70")).toList()),
                    CONVERSATIONS);
            assertRead(check, "numbered", 1_000, () -> shelf.numbered(all), CONVERSATIONS);
            assertRead(check, "between", 200, () -> shelf.between(last - 50, last, 40, false), 40);
            assertRead(check, "newest", 200, () -> shelf.between(0, last, 40, true), 40);
            assertRead(check, "changing", 1_000, () -> shelf.changing(all), 0);
            assertRead(check, "outside", 100, () -> shelf.outside(7, 6, ENTRIES - 5), 10);
            assertRead(check, "count", 8_000, () -> shelf.count(unread(all, ENTRIES - 20)), CONVERSATIONS);
            assertRead(check, "count to the cap", 3_000, () -> shelf.count(unread(List.of(5L), 1)), 1);
            check.assertAll();
            answersAreRight(shelf, all);
        }
    }

    private static void answersAreRight(EntryShelf shelf, List<Long> all) {
        assertThat(shelf.count(unread(all, ENTRIES - 20))).containsOnly(21);
        assertThat(shelf.count(unread(List.of(5L), 1))).containsExactly(Unread.CAP);
        assertThat(shelf.between(0, Long.MAX_VALUE, 5, true))
                .map(Kept::number)
                .containsExactlyElementsOf(
                        IntStream.range(0, 5).mapToObj(i -> shelf.taken() - i).toList());
        var place = new Place(8, 9);
        assertThat(shelf.propose(place, new Next(1, 0, BODY), 0)).isTrue();
        assertThat(shelf.propose(place, new Next(2, 0, BODY), 0)).isFalse();
        assertThat(shelf.propose(place, new Next(2, 0, BODY), 1)).isTrue();
        assertThat(shelf.changing(all)).hasSize(1).allSatisfy(kept -> shelf.settle(kept, 2));
        assertThat(shelf.changing(all)).isEmpty();
        assertThat(shelf.at(List.of(place)).getFirst().author()).isZero();
        shelf.removeBefore(8, 9);
        assertThat(shelf.range(8, 1, 10)).map(Kept::seq).containsExactly(9L, 10L);
    }

    @Test
    void withoutAServerItDoesNotOpenAndSaysWhich() {
        var gone = new Shards(List.of("jdbc:mysql://127.0.0.1:1/a", "jdbc:mysql://127.0.0.1:1/b"), "ann", "hidden", 2);
        assertThatThrownBy(() -> ShardedShelf.open(gone, new RecordBodyCodec()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1/a")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aShardThatWasEmptiedIsNotTakenForANewOne() {
        var shards = Schemas.of(Schemas.server(), List.of("sixth", "seventh"));
        try (var shelf = ShardedShelf.open(shards, new RecordBodyCodec())) {
            assertThat(shelf.take(3)).isEqualTo(1);
            assertThat(shelf.take(1)).isEqualTo(4);
        }
        Schemas.execute(Schemas.server(), "", "DROP DATABASE seventh", "CREATE DATABASE seventh");
        assertThatThrownBy(() -> ShardedShelf.open(shards, new RecordBodyCodec()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "%s is empty (expected: shard 2 of 2, which holds entries)",
                        shards.urls().getLast());
    }

    private static List<Count> unread(List<Long> conversations, long from) {
        return conversations.stream()
                .map(key -> new Count(key, from, ENTRIES, 2))
                .toList();
    }

    /// @param answers so many
    private static void assertRead(
            SoftAssertions check, String what, int most, Supplier<? extends List<?>> question, int answers) {
        long before = rowsRead();
        check.assertThat(question.get()).as(what).hasSize(answers);
        check.assertThat(rowsRead() - before).as("rows read for %s", what).isLessThan(most);
    }

    private static long rowsRead() {
        return Schemas.number(
                Schemas.server(),
                "",
                "SELECT sum(variable_value) FROM information_schema.global_status"
                        + " WHERE variable_name LIKE 'HANDLER\\_READ\\_%'");
    }

    private static void fill(EntryShelf shelf) {
        var body = "x'" + java.util.HexFormat.of().formatHex(new RecordBodyCodec().encode(BODY)) + "'";
        for (int i = 0; i < NAMES.size(); i++) {
            Schemas.execute(
                    Schemas.server(),
                    NAMES.get(i),
                    "INSERT INTO entry (conversation_id, seq, number, author, sender, client_id, sent_at, kind, body)"
                            + " SELECT c.seq, e.seq, (c.seq - 1) * %d + e.seq, 1, 1, CONCAT('c', e.seq), 1, 1, %s"
                                    .formatted(ENTRIES, body)
                            + " FROM seq_1_to_%d AS c JOIN seq_1_to_%d AS e WHERE c.seq %% %d = %d"
                                    .formatted(CONVERSATIONS, ENTRIES, NAMES.size(), i),
                    "ANALYZE TABLE entry");
        }
        assertThat(shelf.take(CONVERSATIONS * ENTRIES)).isEqualTo(1);
    }
}
