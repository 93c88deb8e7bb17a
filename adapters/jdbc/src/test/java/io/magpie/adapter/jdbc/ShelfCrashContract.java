package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.Head;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.OldEntries;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import io.magpie.core.outcome.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The process dies before or after any of its writes to a shelf; the next one finds a log in which what was being
/// done is done or is not, and does it again.
public abstract class ShelfCrashContract {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final ConversationId OTHER = ConversationId.direct(1, 3);
    private static final long LATER = 2_000;

    @RegisterExtension
    final ShelfFixture fixture;

    /// Each can be told to be done already, by its clientIds.
    private static final List<Consumer<ShelfStore>> STEPS = List.of(
            store -> store.log().append(List.of(text(PAIR, "a"), text(OTHER, "x"), text(PAIR, "b")), 1_000),
            store -> store.log().append(List.of(edit(1, "a1"), text(PAIR, "c")), 1_000),
            store -> store.log().append(List.of(recall(1)), LATER),
            store -> store.store().transact(transaction -> {
                transaction.append(text(PAIR, "d"), LATER);
                transaction.append(edit(2, "b1"), LATER);
                transaction.append(recall(2), LATER);
                return Outcome.done(true);
            }),
            store -> store.store().transact(transaction -> {
                transaction.on(OldEntries.Edits.class).delete(PAIR, LATER, 100, LATER);
                return Outcome.done(true);
            }));

    protected ShelfCrashContract(ShelfFixture fixture) {
        this.fixture = fixture;
    }

    /// What readers are told.
    private record Seen(
            Map<ConversationId, Head> heads, List<Entry> pair, List<Entry> other, Map<ConversationId, Unread> unread) {
        static Seen in(ShelfStore store) {
            var log = store.log();
            return new Seen(
                    log.heads(List.of(PAIR, OTHER)),
                    log.ascending(PAIR, 1, 99, 99),
                    log.latest(OTHER, 1, 99, 99),
                    log.unread(List.of(new UnreadQuery(PAIR, 2, 0, 99), new UnreadQuery(OTHER, 3, 0, 99))));
        }
    }

    @Test
    void f4AProcessDiesAtAnyPointAndTheNextOneGoesOn() {
        STEPS.forEach(step -> step.accept(fixture.store()));
        var expected = Seen.in(fixture.store());
        assertThat(expected.pair()).hasSize(4);
        fixture.store().close();
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            died = lives(deaths, expected);
        }
        assertThat(deaths).isGreaterThan(40);
    }

    /// What a writer puts there whose transaction is lost already is no part of the log, and is in nobody's way.
    @Test
    void f5WhatComesTooLateIsNeverSeenAndGivesWay() {
        var log = fixture.store().log();
        log.append(List.of(text(PAIR, "a"), text(PAIR, "b")), 1_000);
        try (var late = fixture.shelf()) {
            long key = late.between(0, Long.MAX_VALUE, 1, false).getFirst().conversation();
            long number = late.take(2);
            var first = new EntryShelf.Place(key, 1);
            assertThat(late.add(List.of(ghost(number, key, 3)))).isTrue();
            assertThat(late.propose(first, new EntryShelf.Next(number, 0, ghost()), 0))
                    .isTrue();
            var before = Seen.in(fixture.store());
            assertThat(texts(before.pair())).containsExactly("a", "b");
            assertThat(before.unread().get(PAIR)).isEqualTo(new Unread(2, false));
            assertThat(texts(log.changes(0, 9).entries())).containsExactly("a", "b");
            assertThat(log.entry(PAIR, 3)).isEmpty();

            assertThat(log.append(List.of(edit(1, "a1"), text(PAIR, "ghost")), 1_000))
                    .containsExactly(
                            new AppendResult.Stored(3, 1_000, false), new AppendResult.Stored(4, 1_000, false));
            assertThat(late.numbered(List.of(number))).isEmpty();

            late.remove(List.of(number));
            assertThat(late.add(List.of(ghost(number + 1, key, 4)))).isFalse();
            assertThat(late.propose(first, new EntryShelf.Next(number + 1, 0, ghost()), 0))
                    .isTrue();
            assertThat(texts(log.ascending(PAIR, 1, 9, 9))).containsExactly("a1", "b", "", "ghost");
            log.append(List.of(recall(1)), LATER);
            assertThat(texts(log.ascending(PAIR, 1, 9, 9))).containsExactly("", "b", "", "ghost", "");
        }
        assertNothingIsLeft(Seen.in(fixture.store()), 0);
    }

    private static Body ghost() {
        return new Body.Message(new Content.Text("boo"), 0, Mentions.NONE);
    }

    private static EntryShelf.Kept ghost(long number, long key, long seq) {
        return new EntryShelf.Kept(number, key, seq, 1, 1, 1, "ghost", 1_000, ghost(), null);
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.body() instanceof Body.Message message
                                && message.content() instanceof Content.Text(String text)
                        ? text
                        : "")
                .toList();
    }

    /// Whether it died. Its first life ends at this point, the second one lasts.
    private boolean lives(int halves, Seen expected) {
        fixture.anew();
        var shelves = new DyingShelf[1];
        var store = fixture.open(shelf -> shelves[0] = new DyingShelf(shelf, halves));
        boolean died = false;
        for (int step = 0; step < STEPS.size(); step++) {
            try {
                STEPS.get(step).accept(store);
            } catch (DyingShelf.DeathError _) {
                died = true;
                store.close();
                store = fixture.open(shelf -> shelf);
                whole(store);
                STEPS.get(step).accept(store);
            }
        }
        died |= shelves[0].dead();
        assertThat(Seen.in(store)).as("died at %d", halves).isEqualTo(expected);
        assertNothingIsLeft(expected, halves);
        store.close();
        return died;
    }

    /// Whatever was being done.
    private static void whole(ShelfStore store) {
        for (var head : store.log().heads(List.of(PAIR, OTHER)).values()) {
            var entries = store.log().ascending(head.conversation(), 1, 99, 99);
            assertThat(entries).hasSize((int) (head.lastSeq() - head.firstSeq() + 1));
        }
    }

    private void assertNothingIsLeft(Seen expected, int halves) {
        try (var shelf = fixture.shelf()) {
            assertThat(shelf.between(0, Long.MAX_VALUE, 99, false))
                    .as("died at %d", halves)
                    .hasSize(expected.pair().size() + expected.other().size())
                    .allSatisfy(kept -> assertThat(kept.next()).isNull());
        }
    }

    private static Draft text(ConversationId conversation, String text) {
        return draft(conversation, text, new Body.Message(new Content.Text(text), 0, Mentions.NONE));
    }

    private static Draft edit(long target, String text) {
        return draft(PAIR, "edit " + target + " " + text, new Body.Edit(target, new Content.Text(text)));
    }

    private static Draft recall(long target) {
        return draft(PAIR, "recall " + target, new Body.Recall(target));
    }

    private static Draft draft(ConversationId conversation, String clientId, Body body) {
        return new Draft(conversation, 1, clientId, body, Draft.UNCHECKED);
    }
}
