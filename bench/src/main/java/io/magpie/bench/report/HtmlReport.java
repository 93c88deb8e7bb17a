package io.magpie.bench.report;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A run as one page that needs nothing else: tables and plots, light and dark, also on a phone.
public final class HtmlReport {
    private static final List<Figure> BARS = List.of(
            Figure.PER_SECOND, Figure.CPU_PER_MILLION, Figure.P99, Figure.KB_PER_CONNECTION, Figure.START_SECONDS);
    private static final Map<Double, String> PERCENTILES =
            new TreeMap<>(Map.of(0.0, "0", 1.0, "90 %", 2.0, "99 %", 3.0, "99.9 %", 4.0, "99.99 %"));

    private final List<Run> runs;

    public HtmlReport(List<Run> runs) {
        this.runs = runs;
    }

    @Override
    public String toString() {
        Map<String, Result> results = Target.byKey(runs);
        StringBuilder body = new StringBuilder("<h1>Magpie, measured</h1>\n");
        runs.forEach(run -> body.append(machine(run)));
        body.append(targets(results));
        results.values().forEach(result -> body.append(result(result)));
        return Page.html("Magpie, measured", body.toString());
    }

    private static String machine(Run run) {
        Machine on = run.machine();
        return "<p><code>" + Page.escape(run.command()) + "</code><br>" + Page.escape(run.began()) + ", " + on.cores()
                + " cores (" + Page.escape(on.processor()) + "), " + Page.escape(on.memory()) + ", "
                + Page.escape(on.kernel()) + ", " + Page.escape(on.jdk()) + ", load average before it " + on.load()
                + "</p>\n";
    }

    private static String targets(Map<String, Result> results) {
        List<Target> known = Target.ALL.stream()
                .filter(target -> Double.isFinite(target.value().applyAsDouble(results)))
                .toList();
        if (known.isEmpty()) {
            return "";
        }
        String rows = known.stream()
                .map(target -> {
                    double value = target.value().applyAsDouble(results);
                    Target.Verdict verdict = target.verdict(value);
                    return "<tr><td>" + Page.escape(target.what()) + "</td><td class='"
                            + (verdict == Target.Verdict.MISSED ? "bad" : "good") + "'>" + Target.number(value) + " "
                            + verdict.text() + "</td><td>" + target.bound(target.must()) + "</td><td>"
                            + target.bound(target.aim()) + "</td></tr>\n";
                })
                .collect(Collectors.joining());
        return "<h2>Against the targets</h2><div class='scroll wrap'><table><tr><th>what</th><th>measured</th>"
                + "<th>must</th><th>aim</th></tr>\n" + rows + "</table></div>\n";
    }

    private static String result(Result result) {
        return "<h2>" + Page.escape(result.key()) + "</h2><p>" + Page.escape(result.title()) + "</p>\n" + table(result)
                + key(result) + "<div class='plots'>" + bars(result) + lines(result) + "</div>\n";
    }

    private static String table(Result result) {
        List<Figure> figures = result.figures();
        StringBuilder out = new StringBuilder("<div class='scroll'><table><tr><th>median</th>");
        figures.forEach(figure -> out.append("<th>")
                .append(figure == Figure.PER_SECOND ? result.unit() + "/s" : figure.column())
                .append("</th>"));
        out.append("<th>sent</th><th>lost</th><th>twice</th><th>disorder</th></tr>\n");
        result.servers().forEach((server, rounds) -> {
            out.append("<tr><td>").append(Page.escape(server)).append("</td>");
            figures.forEach(figure -> out.append("<td>")
                    .append(figure.text(result.median(server, figure)))
                    .append("</td>"));
            out.append("<td>").append(Comparison.sum(rounds, Counts::sent)).append("</td>");
            out.append(bad(Comparison.sum(rounds, Counts::lost)))
                    .append(bad(Comparison.sum(rounds, Counts::duplicate)))
                    .append(bad(Comparison.sum(rounds, Counts::disordered)))
                    .append("</tr>\n");
        });
        return out.append("</table></div>\n").toString();
    }

    private static String bad(String count) {
        return "<td" + (count.equals("0") ? "" : " class='bad'") + ">" + count + "</td>";
    }

    private static String key(Result result) {
        StringBuilder out = new StringBuilder("<div class='key'>");
        int index = 0;
        for (String server : result.servers().keySet()) {
            out.append("<span><i class='c%d'></i>%s</span>".formatted(index++, Page.escape(server)));
        }
        return out + "</div>\n";
    }

    private static String bars(Result result) {
        return BARS.stream()
                .filter(result.figures()::contains)
                .map(figure -> {
                    Map<String, Double> medians = new LinkedHashMap<>();
                    Map<String, List<Double>> rounds = new LinkedHashMap<>();
                    result.servers().forEach((server, of) -> {
                        double median = result.median(server, figure);
                        medians.put(server, Double.isFinite(median) ? median : 0);
                        rounds.put(
                                server,
                                of.stream()
                                        .map(one -> one.figure(figure))
                                        .filter(Double::isFinite)
                                        .toList());
                    });
                    String title = figure == Figure.PER_SECOND ? result.unit() + " per second" : figure.title();
                    return figure(title, Plot.bars(medians, rounds, figure));
                })
                .collect(Collectors.joining());
    }

    private static String lines(Result result) {
        List<String> names = result.servers().values().stream()
                .flatMap(List::stream)
                .flatMap(one -> one.series().stream())
                .map(Series::name)
                .distinct()
                .toList();
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            Map<String, List<Series.Point>> lines = new LinkedHashMap<>();
            result.servers().forEach((server, rounds) -> lines.put(server, last(rounds, name)));
            boolean latency = name.equals("latency");
            double right = lines.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(Series.Point::x)
                    .max()
                    .orElse(0);
            out.append(figure(
                    latency ? "latency by percentile, ms (last round)" : name + " (last round)",
                    Plot.lines(
                            lines,
                            latency
                                    ? PERCENTILES
                                    : Map.of(
                                            Math.rint(right / 2),
                                            Plot.amount(Math.rint(right / 2)),
                                            right,
                                            Plot.amount(Math.rint(right))),
                            latency ? "percentile" : result.unit().equals("connections") ? "connections" : "seconds")));
        }
        return out.toString();
    }

    private static List<Series.Point> last(List<Measured> rounds, String name) {
        List<Series.Point> points = new ArrayList<>();
        rounds.getLast().series().stream()
                .filter(series -> series.name().equals(name))
                .forEach(series -> points.addAll(series.points()));
        return points;
    }

    private static String figure(String title, String svg) {
        return "<figure><h3>" + Page.escape(title) + "</h3>" + svg + "</figure>\n";
    }
}
