package io.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.load.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Measured measured(String server, double perSecond, long lost) {
        Measured.Counts counts = new Measured.Counts(100, 100, 100 - lost, lost, 0, 0, 0, 0, 0);
        return new Measured(server, perSecond, 10, 1, 2, 300, counts, null);
    }

    private static Comparison comparison(Measured... all) {
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        for (Measured one : all) {
            rounds.merge(one.server(), List.of(one), ComparisonTest::both);
        }
        return new Comparison("one-to-one", rounds);
    }

    private static List<Measured> both(List<Measured> a, List<Measured> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    @Test
    void comparesMedians() {
        Comparison comparison = comparison(
                measured("magpie", 10, 0),
                measured("relay", 40, 0),
                measured("magpie", 900, 0),
                measured("relay", 60, 0),
                measured("magpie", 30, 0));
        assertThat(comparison.ratioTo("relay", Measured::perSecond)).isEqualTo(30.0 / 50);
        assertThat(comparison.toString()).contains("magpie against", "0.60");
        assertThat(comparison.clean()).isTrue();
    }

    @Test
    void oneLossInOneRoundFailsTheRun() {
        Comparison comparison = comparison(measured("magpie", 10, 0), measured("magpie", 10, 1));
        assertThat(comparison.clean()).isFalse();
    }

    @Test
    void jsonHoldsEveryRoundAndNoNumberThatIsNone() {
        String json = comparison(measured("magpie", 10, 0), measured("magpie", Double.NaN, 2))
                .json();
        assertThat(json).contains("\"perSecond\":10.0", "\"perSecond\":null", "\"lost\":2", "\"complaint\":null");
        assertThat(json).doesNotContain("NaN");
    }

    @Test
    void tableAlignsItsColumns() {
        assertThat(new Table("server", "msgs/s")
                        .row("a", "1")
                        .row("magpie", "1,000")
                        .toString())
                .isEqualTo("server  msgs/s\na            1\nmagpie   1,000\n");
    }
}
