package io.magpie.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final String GROUP = "g.1";
    private final History history = new History();

    private static long message(int number) {
        return Digest.of(7, "c" + number, "text " + number);
    }

    /// Seq 1 is the group's making; messages 2 to 5 follow.
    @BeforeEach
    void promise() {
        for (int seq = 2; seq <= 5; seq++) {
            history.acknowledged(GROUP, seq, message(seq));
        }
    }

    private void receives(String device, int... seqs) {
        for (int seq : seqs) {
            history.device(device).received(GROUP, seq, seq == 1 ? Digest.NONE : message(seq));
        }
    }

    private Verdict verdict(String... devices) {
        return history.verdict(GROUP, List.of(devices));
    }

    @Test
    void findsNothingWhenAllIsWell() {
        receives("a", 1, 2, 3, 4, 5);
        receives("b", 1, 2, 3, 4, 5);
        assertThat(verdict("a", "b")).isEqualTo(new Verdict(8, 0, 0, 0, 0, 0));
        assertThat(verdict("a", "b").clean()).isTrue();
        assertThat(history.contradictions()).isEmpty();
        assertThat(history.promises(GROUP)).isEqualTo(4);
    }

    @Test
    void findsLosses() {
        receives("a", 1, 2, 4);
        assertThat(verdict("a")).isEqualTo(new Verdict(2, 2, 0, 0, 0, 0));
        assertThat(verdict("nobody").missing()).isEqualTo(4);
    }

    @Test
    void findsWhatCameTwice() {
        receives("a", 1, 2, 3, 3, 4, 5, 2);
        assertThat(verdict("a")).isEqualTo(new Verdict(4, 0, 2, 0, 0, 0));
    }

    @Test
    void findsAMessageThatStandsInTheLogTwice() {
        receives("a", 1, 2, 3, 4, 5);
        history.device("a").received(GROUP, 6, message(3));
        assertThat(verdict("a").duplicates()).isEqualTo(1);
    }

    @Test
    void findsDisorder() {
        receives("a", 1, 3, 2, 4, 5);
        assertThat(verdict("a")).isEqualTo(new Verdict(4, 0, 0, 1, 0, 0));
    }

    @Test
    void findsAnotherTextThanPromised() {
        receives("a", 1, 2, 3, 4);
        history.device("a").received(GROUP, 5, Digest.of(7, "c5", "forged"));
        assertThat(verdict("a").altered()).isEqualTo(1);
    }

    @Test
    void findsDevicesThatDisagreeWhereNothingWasPromised() {
        receives("a", 1, 2, 3, 4, 5, 6);
        receives("b", 1, 2, 3, 4, 5);
        history.device("b").received(GROUP, 6, message(99));
        assertThat(verdict("a", "b").altered()).isEqualTo(1);
        assertThat(verdict("a").clean()).isTrue();
    }

    @Test
    void findsHoles() {
        receives("a", 1, 2, 3, 4, 5, 8);
        assertThat(verdict("a").holes()).isEqualTo(2);
    }

    @Test
    void findsPromisesThatContradict() {
        history.acknowledged(GROUP, 2, message(2));
        assertThat(history.contradictions()).isEmpty();
        history.acknowledged(GROUP, 6, message(2));
        history.acknowledged(GROUP, 3, message(50));
        assertThat(history.contradictions())
                .containsExactly("g.1: a message was promised 2 and then 6", "g.1:3 was promised to two messages");
        assertThat(history.acknowledgements()).isEqualTo(7);
    }

    @Test
    void keepsConversationsApart() {
        history.acknowledged("g.2", 1, message(2));
        history.device("a").received("g.2", 1, message(2));
        receives("a", 1, 2, 3, 4, 5);
        assertThat(verdict("a").clean()).isTrue();
        assertThat(history.verdict("g.2", List.of("a")).clean()).isTrue();
    }

    /// One fault somewhere in a long record, a different one each time: it is always found.
    @RepeatedTest(60)
    void findsAnySingleFault(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int length = 200;
        for (int seq = 6; seq <= length; seq++) {
            history.acknowledged(GROUP, seq, message(seq));
        }
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            order[i] = i + 1;
        }
        int at = 1 + random.nextInt(length - 2);
        int fault = repetition.getCurrentRepetition() % 3;
        for (int i = 0; i < length; i++) {
            if (fault == 0 && i == at) {
                continue;
            }
            receives("a", fault == 1 && i == at ? order[i + 1] : fault == 1 && i == at + 1 ? order[at] : order[i]);
            if (fault == 2 && i == at) {
                receives("a", order[i]);
            }
        }
        Verdict verdict = verdict("a");
        assertThat(verdict.missing()).isEqualTo(fault == 0 ? 1 : 0);
        assertThat(verdict.disordered()).isEqualTo(fault == 1 ? 1 : 0);
        assertThat(verdict.duplicates()).isEqualTo(fault == 2 ? 1 : 0);
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void digestsTellPartsApart() {
        assertThat(Digest.of(1, "ab", "c")).isNotEqualTo(Digest.of(1, "a", "bc"));
        assertThat(Digest.of(1, "a", "b")).isNotEqualTo(Digest.of(2, "a", "b"));
        assertThat(Digest.of(1, "a", "b")).isEqualTo(Digest.of(1, "a", "b"));
    }
}
