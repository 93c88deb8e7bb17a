package io.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static Measured measured(String server, double perSecond, long lost) {
        Counts counts = new Counts(100, 100, 100 - lost, lost, 0, 0, 0, 0, 0);
        Map<Figure, Double> figures =
                Map.of(Figure.PER_SECOND, perSecond, Figure.CPU_PER_MILLION, 10.0, Figure.GC_SHARE, Double.NaN);
        Series latency = new Series("latency", List.of(new Series.Point(0, 1), new Series.Point(2, 7)));
        return new Measured(server, figures, List.of(latency), counts, null);
    }

    private static Result result(String key, Measured... all) {
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        for (Measured one : all) {
            rounds.merge(one.server(), List.of(one), ResultTest::both);
        }
        return new Result(key, key + ", a title with <angles>", "deliveries", rounds);
    }

    private static List<Measured> both(List<Measured> a, List<Measured> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    private static Run run(Result... results) {
        Machine machine = new Machine(2, "a processor", "24 GiB", "Linux", "JDK 25", 0.25);
        return new Run("2026-01-01T00:00:00Z", "./magpie bench all", machine, List.of(results));
    }

    @Test
    void comparesMedians() {
        Result result = result(
                "one-to-one",
                measured("magpie", 10, 0),
                measured("relay", 40, 0),
                measured("magpie", 900, 0),
                measured("relay", 60, 0),
                measured("magpie", 30, 0));
        assertThat(result.ratio("magpie", "relay", Figure.PER_SECOND)).isEqualTo(30.0 / 50);
        assertThat(new Comparison(result).toString()).contains("magpie against", "0.60");
        assertThat(result.clean()).isTrue();
    }

    @Test
    void medianOfNothingIsUnknown() {
        assertThat(Result.median()).isNaN();
        assertThat(Result.median(3)).isEqualTo(3);
        assertThat(Result.median(4, 1, 2)).isEqualTo(2);
        assertThat(Result.median(4, 1, 2, 3)).isEqualTo(2.5);
    }

    @Test
    void oneLossInOneRoundFailsTheRun() {
        assertThat(run(result("fanout", measured("magpie", 10, 0), measured("magpie", 10, 1)))
                        .clean())
                .isFalse();
    }

    @Test
    void jsonIsReadBackAsItWas() {
        Run run = run(result("login", measured("magpie", 10, 0), measured("netty-socketio", 20, 2)));
        assertThat(run.json()).doesNotContain("NaN");
        assertThat(Run.parse(run.json())).isEqualTo(run);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Run.parse("{\"x\":"))
                .withMessageContaining("expected: what --json wrote");
    }

    @Test
    void targetsAreJudgedByTheirBounds() {
        Target more = new Target("more", true, 0.7, 1.1, _ -> 0);
        assertThat(more.verdict(1.1)).isEqualTo(Target.Verdict.AIM);
        assertThat(more.verdict(0.7)).isEqualTo(Target.Verdict.MUST);
        assertThat(more.verdict(0.69)).isEqualTo(Target.Verdict.MISSED);
        Target less = new Target("less", false, 4, 2, _ -> 0);
        assertThat(less.verdict(2)).isEqualTo(Target.Verdict.AIM);
        assertThat(less.verdict(4.1)).isEqualTo(Target.Verdict.MISSED);
        assertThat(less.verdict(Double.NaN)).isEqualTo(Target.Verdict.UNKNOWN);
    }

    @Test
    void everyTargetFindsWhatItNeeds() {
        assertThat(Target.ALL)
                .allSatisfy(target -> assertThat(target.value().applyAsDouble(Map.of()))
                        .as(target.what())
                        .isNaN());
        Map<String, Result> results = Target.byKey(List.of(run(
                result("login", measured("magpie", 30, 0), measured("netty-socketio", 20, 0)),
                result("kill", measured("magpie", 30, 3)))));
        assertThat(Target.ALL.stream()
                        .map(target -> target.value().applyAsDouble(results))
                        .filter(Double::isFinite))
                .containsExactly(1.5, 3.0);
    }

    @Test
    void pagesSayWhatWasMeasured() {
        Run run = run(result("login", measured("magpie", 30, 0), measured("netty-socketio", 20, 1)));
        assertThat(new MarkdownReport(List.of(run)).toString())
                .contains("| server | deliveries/s", "| 1.50 | ≥ 0.70 | ≥ 1.20 | aim reached |", "2 cores");
        assertThat(new HtmlReport(List.of(run)).toString())
                .contains("<svg", "<polyline", "&lt;angles&gt;", "class='bad'>1<")
                .doesNotContain("<angles>", "src=", "href=", "NaN");
    }

    @Test
    void axesEndAtRoundNumbers() {
        assertThat(Plot.nice(7)).isEqualTo(8);
        assertThat(Plot.nice(41_000)).isEqualTo(50_000);
        assertThat(Plot.nice(100)).isEqualTo(100);
        assertThat(Plot.amount(2_500_000)).isEqualTo("2.5 M");
        assertThat(Plot.amount(40_000)).isEqualTo("40 k");
        assertThat(Plot.amount(0)).isEqualTo("0");
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
