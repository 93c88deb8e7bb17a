package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedTest {
    private static final String HERE = "d.1.2";

    private static Sequence stream(Received received) {
        return received.byStream().getOrDefault(7, new Sequence());
    }

    @Test
    void whoStaysCountsWhateverComesAgain() {
        Received received = new Received.Once();
        assertThat(received.add(HERE, 1, 7, 1)).isTrue();
        assertThat(received.add(HERE, 1, 7, 1)).isTrue();
        assertThat(stream(received).duplicates()).isEqualTo(1);
    }

    @Test
    void whoComesAndGoesTakesEachPlaceOnceAndInAnyOrder() {
        Received received = new Received.Held();
        assertThat(received.add(HERE, 3, 7, 2)).isTrue();
        assertThat(received.add(HERE, 1, 7, 1)).isTrue();
        assertThat(received.add(HERE, 3, 7, 2)).isFalse();
        Sequence stream = stream(received);
        assertThat(stream.duplicates()).isZero();
        assertThat(stream.disordered()).isZero();
        assertThat(stream.seen(2)).isTrue();
    }

    @Test
    void aMessageAtTwoPlacesIsADouble() {
        Received received = new Received.Held();
        assertThat(received.add(HERE, 1, 7, 1)).isTrue();
        assertThat(received.add(HERE, 2, 7, 1)).isTrue();
        assertThat(stream(received).duplicates()).isEqualTo(1);
    }

    @Test
    void aLogInTheWrongOrderIsSeen() {
        Received received = new Received.Held();
        assertThat(received.add(HERE, 1, 7, 2)).isTrue();
        assertThat(received.add(HERE, 2, 7, 1)).isTrue();
        assertThat(stream(received).disordered()).isEqualTo(1);
    }

    @Test
    void withoutPlacesTheMessageItselfTells() {
        Received received = new Received.Held();
        assertThat(received.add("", -1, 7, 1)).isTrue();
        assertThat(received.add("", -1, 7, 1)).isTrue();
        assertThat(stream(received).duplicates()).isEqualTo(1);
    }
}
