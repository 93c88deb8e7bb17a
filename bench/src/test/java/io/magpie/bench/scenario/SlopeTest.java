package io.magpie.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.bench.load.Series.Point;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlopeTest {
    @Test
    void isThatOfALine() {
        assertThat(Slope.of(List.of(new Point(2000, 90_000), new Point(9000, 153_000), new Point(16_000, 216_000))))
                .isEqualTo(9.0);
    }

    @Test
    void evensOutWhatIsOffTheLine() {
        assertThat(Slope.of(List.of(new Point(0, 1), new Point(1, 2), new Point(2, 1), new Point(3, 4))))
                .isCloseTo(0.8, within(1e-9));
    }

    @Test
    void isUnknownForOnePlace() {
        assertThat(Slope.of(List.of(new Point(5, 1), new Point(5, 2)))).isNaN();
        assertThat(Slope.of(List.of())).isNaN();
    }

    @Test
    void mostGroupsAreSmallAndFewAreLarge() {
        List<Integer> sizes =
                Day.groupSizes(1000, new Random(1)).stream().sorted().toList();
        assertThat(sizes).hasSize(500);
        assertThat(sizes.getFirst()).isGreaterThanOrEqualTo(3);
        assertThat(sizes.get(250)).isLessThan(8);
        assertThat(sizes.getLast()).isGreaterThan(100).isLessThanOrEqualTo(1000);
    }
}
