package io.magpie.bench.report;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// A result for the terminal: medians per server, how the first server stands to each of the others, and the counts.
public final class Comparison {
    private final Result result;

    public Comparison(Result result) {
        this.result = result;
    }

    @Override
    public String toString() {
        return result.title() + ", medians\n" + figures() + "\n" + ratios() + counts() + complaints();
    }

    private Table figures() {
        List<Figure> figures = result.figures();
        Table table =
                new Table(row("server", figures.stream().map(Figure::column).toList()));
        result.servers()
                .keySet()
                .forEach(server -> table.row(row(
                        server,
                        figures.stream()
                                .map(figure -> figure.text(result.median(server, figure)))
                                .toList())));
        return table;
    }

    private static String[] row(String first, List<String> others) {
        List<String> cells = new ArrayList<>(others);
        cells.addFirst(first);
        return cells.toArray(String[]::new);
    }

    private String ratios() {
        if (result.servers().size() < 2) {
            return "";
        }
        List<Figure> figures = result.figures();
        String subject = result.servers().keySet().iterator().next();
        Table table = new Table(
                row(subject + " against", figures.stream().map(Figure::column).toList()));
        result.servers().keySet().stream()
                .skip(1)
                .forEach(other -> table.row(row(
                        other,
                        figures.stream()
                                .map(figure -> ratio(result.ratio(subject, other, figure)))
                                .toList())));
        return table + "\n";
    }

    static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }

    private Table counts() {
        Table table = new Table(
                "all rounds",
                "sent",
                "acked",
                "received",
                "lost",
                "twice",
                "disorder",
                "refused",
                "unacked",
                "cut off");
        result.servers()
                .forEach((server, of) -> table.row(
                        server,
                        sum(of, Counts::sent),
                        sum(of, Counts::acknowledged),
                        sum(of, Counts::received),
                        sum(of, Counts::lost),
                        sum(of, Counts::duplicate),
                        sum(of, Counts::disordered),
                        sum(of, Counts::refused),
                        sum(of, Counts::unanswered),
                        sum(of, Counts::disconnected)));
        return table;
    }

    static String sum(List<Measured> of, ToLongFunction<Counts> count) {
        return String.format(
                Locale.ROOT,
                "%,d",
                of.stream()
                        .mapToLong(measured -> count.applyAsLong(measured.counts()))
                        .sum());
    }

    private String complaints() {
        return result.servers().values().stream()
                .flatMap(List::stream)
                .filter(measured -> measured.complaint() != null)
                .map(measured -> measured.server() + ": " + measured.complaint() + "\n")
                .collect(Collectors.joining());
    }

    /// One round in one line.
    public static String brief(Measured measured) {
        String figures = java.util.Arrays.stream(Figure.values())
                .filter(figure -> Double.isFinite(measured.figure(figure)))
                .limit(4)
                .map(figure -> figure.text(measured.figure(figure)) + " " + figure.column())
                .collect(Collectors.joining(", "));
        return figures + (measured.clean() ? "" : ", NOT CLEAN: " + measured.counts() + " " + measured.complaint());
    }
}
