package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.storage.Edits;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How every [EntryLog] knows repeats and stale permissions.
public abstract class RepeatContract extends LogFixture {
    @Test
    void f8RepeatsAreAnsweredWithTheFirstOne() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 1, "b"));
        var later =
                ports().log().append(List.of(draft(PAIR, 1, "b"), draft(PAIR, 1, "c"), draft(PAIR, 2, "b")), NOW + 5);
        assertThat(later)
                .containsExactly(
                        new AppendResult.Stored(2, NOW, true),
                        new AppendResult.Stored(3, NOW + 5, false),
                        new AppendResult.Stored(4, NOW + 5, false));
        assertThat(texts(PAIR)).containsExactly("a", "b", "c", "b");
    }

    @Test
    void repeatsWithinOneBatchAreFound() {
        var results = append(draft(PAIR, 1, "a"), draft(PAIR, 1, "a"), draft(PAIR, 1, "b"), draft(PAIR, 1, "a"));
        assertThat(results)
                .containsExactly(
                        new AppendResult.Stored(1, NOW, false),
                        new AppendResult.Stored(1, NOW, true),
                        new AppendResult.Stored(2, NOW, false),
                        new AppendResult.Stored(1, NOW, true));
        assertThat(texts(PAIR)).containsExactly("a", "b");
        assertThat(ports().members().count(PAIR)).isEqualTo(2);
    }

    @Test
    void draftsWithoutClientIdNeverRepeat() {
        var body = new Body.Reaction(1, "x", true);
        var draft = new Draft(PAIR, 1, null, body, Draft.UNCHECKED);
        assertThat(append(draft(PAIR, 1, "a"), draft, draft))
                .map(LogFixture::seq)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void staleAccessIsNotStoredButRepeatsStillAreAnswered() {
        var group = group(1, 2);
        long access = access(group);
        assertThat(seq(append(checked(group, 1, "a", access)).getFirst())).isEqualTo(1);
        Edits.in(
                ports(),
                transaction ->
                        transaction.on(Members.Edits.class).end(group, List.of(1L), Member.State.REMOVED, 1, NOW));
        assertThat(access(group)).isGreaterThan(access);
        assertThat(append(
                        checked(group, 1, "b", access),
                        checked(group, 1, "a", access),
                        checked(group, 2, "c", access(group)),
                        draft(group, 2, "d")))
                .containsExactly(
                        new AppendResult.Stale(),
                        new AppendResult.Stored(1, NOW, true),
                        new AppendResult.Stored(2, NOW, false),
                        new AppendResult.Stored(3, NOW, false));
        assertThat(texts(group)).containsExactly("a", "c", "d");
    }

    @Test
    void staleRepeatWithinOneBatchIsAnsweredByTheFirst() {
        var group = group(1, 2);
        Edits.in(ports(), transaction -> transaction.on(Members.Edits.class).silence(group, 2, NOW, NOW));
        assertThat(append(draft(group, 1, "a"), checked(group, 1, "a", 0)))
                .containsExactly(new AppendResult.Stored(1, NOW, false), new AppendResult.Stored(1, NOW, true));
    }

    @Test
    void onlyRepeatIsNeverStored() {
        assertThat(append(checked(PAIR, 1, "a", Draft.ONLY_REPEAT))).containsExactly(new AppendResult.Stale());
        assertThat(ports().log().heads(List.of(PAIR))).isEmpty();
        append(draft(PAIR, 1, "a"));
        assertThat(append(checked(PAIR, 1, "a", Draft.ONLY_REPEAT), checked(PAIR, 1, "b", Draft.ONLY_REPEAT)))
                .containsExactly(new AppendResult.Stored(1, NOW, true), new AppendResult.Stale());
    }
}
