package io.magpie.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LongsTest {
    @Test
    void holdsInOrderWhatASortedSetHolds() {
        var longs = new Longs();
        var expected = new TreeSet<Long>();
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long value = random.nextLong(300) - 20;
            int at = longs.find(value);
            assertThat(at >= 0).isEqualTo(expected.contains(value));
            if (at < 0) {
                longs.insert(-1 - at, value);
                expected.add(value);
            } else if (random.nextInt(3) > 0) {
                longs.remove(at);
                expected.remove(value);
            }
            assertThat(longs.size()).isEqualTo(expected.size());
        }
        assertThat(longs.toList()).containsExactlyElementsOf(expected);
    }

    @Test
    void aParallelListFollowsByPlaces() {
        var longs = new Longs();
        longs.insert(0, 7);
        longs.insert(0, 5);
        longs.insert(2, 1);
        longs.set(1, 9);
        assertThat(longs.toList()).containsExactly(5L, 9L, 1L);
        longs.remove(1);
        assertThat(longs.get(1)).isEqualTo(1);
        longs.remove(1);
        longs.remove(0);
        assertThat(longs.toList()).isEmpty();
    }

    @Test
    void sortsWhatItIsMadeOf() {
        var longs = Longs.sorted(Set.of(9L, 4L, 6L));
        assertThat(longs.toList()).isEqualTo(List.of(4L, 6L, 9L));
        assertThat(longs.find(6)).isEqualTo(1);
        assertThat(longs.find(5)).isEqualTo(-2);
    }
}
