package io.magpie.bench.report;

import io.magpie.bench.load.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// All rounds of a run: medians per server, and how the first server stands to each of the others.
public final class Comparison {
    private final String title;
    private final Map<String, List<Measured>> rounds;

    /// @param rounds by server in order of appearance; none empty
    public Comparison(String title, Map<String, List<Measured>> rounds) {
        this.title = title;
        this.rounds = new LinkedHashMap<>(rounds);
    }

    public boolean clean() {
        return rounds.values().stream().flatMap(List::stream).allMatch(Measured::clean);
    }

    static double median(List<Measured> of, ToDoubleFunction<Measured> figure) {
        double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public String toString() {
        return title + ", medians\n" + figures() + "\n" + ratios() + counts() + complaints();
    }

    private Table figures() {
        Table table = new Table("server", "msgs/s", "CPU s/M", "p50 ms", "p99 ms", "RSS MB");
        rounds.forEach((server, of) -> table.row(
                server,
                number("%,.0f", median(of, Measured::perSecond)),
                number("%.1f", median(of, Measured::cpuPerMillion)),
                number("%.2f", median(of, Measured::p50Millis)),
                number("%.2f", median(of, Measured::p99Millis)),
                number("%.0f", median(of, Measured::residentMegabytes))));
        return table;
    }

    private String ratios() {
        if (rounds.size() < 2) {
            return "";
        }
        String subject = rounds.keySet().iterator().next();
        Table table = new Table(subject + " against", "msgs/s", "CPU s/M", "p50", "p99", "RSS");
        rounds.keySet().stream()
                .skip(1)
                .forEach(other -> table.row(
                        other,
                        ratio(other, Measured::perSecond),
                        ratio(other, Measured::cpuPerMillion),
                        ratio(other, Measured::p50Millis),
                        ratio(other, Measured::p99Millis),
                        ratio(other, Measured::residentMegabytes)));
        return table + "\n";
    }

    /// The first server's figure divided by the other's.
    double ratioTo(String other, ToDoubleFunction<Measured> figure) {
        List<Measured> subject = rounds.values().iterator().next();
        return median(subject, figure) / median(rounds.getOrDefault(other, List.of()), figure);
    }

    private String ratio(String other, ToDoubleFunction<Measured> figure) {
        return number("%.2f", ratioTo(other, figure));
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
        rounds.forEach((server, of) -> table.row(
                server,
                sum(of, m -> m.counts().sent()),
                sum(of, m -> m.counts().acknowledged()),
                sum(of, m -> m.counts().received()),
                sum(of, m -> m.counts().lost()),
                sum(of, m -> m.counts().duplicate()),
                sum(of, m -> m.counts().disordered()),
                sum(of, m -> m.counts().refused()),
                sum(of, m -> m.counts().unanswered()),
                sum(of, m -> m.counts().disconnected())));
        return table;
    }

    private static String sum(List<Measured> of, ToDoubleFunction<Measured> figure) {
        return number("%,.0f", of.stream().mapToDouble(figure).sum());
    }

    private String complaints() {
        StringBuilder out = new StringBuilder();
        rounds.forEach((server, of) -> of.stream()
                .filter(measured -> measured.complaint() != null)
                .forEach(measured -> out.append(server)
                        .append(": ")
                        .append(measured.complaint())
                        .append('\n')));
        return out.toString();
    }

    private static String number(String format, double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, format, number) : "-";
    }

    /// One round in one line.
    public static String brief(Measured m) {
        return number("%,.0f msgs/s, ", m.perSecond())
                + number("%.1f CPU s/M, ", m.cpuPerMillion())
                + number("p50 %.2f ms, ", m.p50Millis())
                + number("p99 %.2f ms", m.p99Millis())
                + (m.clean() ? "" : ", NOT CLEAN: " + m.counts() + " " + m.complaint());
    }

    /// Every round as it was, for programs.
    public String json() {
        return JsonReport.of(title, rounds);
    }
}
