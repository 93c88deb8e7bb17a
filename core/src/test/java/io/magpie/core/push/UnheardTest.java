package io.magpie.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import org.junit.jupiter.api.Test;

class UnheardTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    private final PushStats stats = new PushStats();
    private final Unheard unheard = new Unheard(stats);

    @Test
    void comesDueInOrderAndOnlyInTime() {
        unheard.add(entry(1), 10);
        unheard.add(entry(2), 20);
        unheard.add(entry(3), 30);
        assertThat(unheard.due(9, 9)).isEmpty();
        assertThat(unheard.due(20, 1)).map(Unheard.Waiting::seq).containsExactly(1L);
        assertThat(unheard.due(20, 9)).map(Unheard.Waiting::seq).containsExactly(2L);
        assertThat(stats.waiting()).isEqualTo(3);
        unheard.done(PAIR, 2);
        assertThat(stats.waiting()).isEqualTo(1);
    }

    @Test
    void knowsWhoHoldsWhatAsLongAsSomethingWaits() {
        unheard.received(PAIR, 2, 1);
        assertThat(unheard.holds(PAIR, 2, 1)).as("nothing waits").isFalse();
        unheard.add(entry(1), 10);
        unheard.add(entry(2), 10);
        unheard.received(PAIR, 2, 2);
        unheard.received(PAIR, 2, 1);
        assertThat(unheard.holds(PAIR, 2, 2)).isTrue();
        assertThat(unheard.holds(PAIR, 2, 3)).isFalse();
        assertThat(unheard.holds(PAIR, 3, 1)).isFalse();
        unheard.done(PAIR, 1);
        assertThat(unheard.holds(PAIR, 2, 2)).isTrue();
        unheard.done(PAIR, 1);
        assertThat(unheard.holds(PAIR, 2, 2)).isFalse();
    }

    @Test
    void theOldestIsForgottenWhenTooManyWait() {
        for (int seq = 1; seq <= Unheard.MAX + 2; seq++) {
            unheard.add(entry(seq), 10);
        }
        assertThat(stats.waiting()).isEqualTo(Unheard.MAX);
        assertThat(stats.forgotten()).isEqualTo(2);
        assertThat(unheard.due(10, 1)).map(Unheard.Waiting::seq).containsExactly(3L);
    }

    private static Entry entry(long seq) {
        return new Entry(PAIR, seq, 1, 0, null, new Body.Recall(1));
    }
}
