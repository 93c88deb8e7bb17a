package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTest {
    private static Sequence of(long... numbers) {
        Sequence sequence = new Sequence();
        for (long number : numbers) {
            sequence.see(number);
        }
        return sequence;
    }

    @Test
    void findsNothingWhenAllIsWell() {
        Sequence received = of(1, 2, 3);
        assertThat(received.lacking(of(1, 2, 3), 3)).isZero();
        assertThat(received.duplicates()).isZero();
        assertThat(received.disordered()).isZero();
    }

    @Test
    void findsLossesInTheMiddleAndAtTheEnd() {
        assertThat(of(1, 3, 6).lacking(of(1, 2, 3, 4, 5, 6, 7, 8), 8)).isEqualTo(5);
        assertThat(of().lacking(of(1, 2), 2)).isEqualTo(2);
    }

    @Test
    void whatWasNotAcknowledgedIsNotLost() {
        assertThat(of(1, 4).lacking(of(1, 3, 4), 5)).isEqualTo(1);
    }

    @Test
    void findsDuplicates() {
        assertThat(of(1, 2, 2, 3, 1).duplicates()).isEqualTo(2);
    }

    @Test
    void findsDisorderAndDoesNotTakeItForLossOrDuplicate() {
        Sequence received = of(1, 4, 2, 3);
        assertThat(received.disordered()).isEqualTo(2);
        assertThat(received.duplicates()).isZero();
        assertThat(received.lacking(of(1, 2, 3, 4), 4)).isZero();
    }
}
