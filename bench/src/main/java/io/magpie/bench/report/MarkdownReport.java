package io.magpie.bench.report;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `docs/performance.md`: what was measured, on what, what it was compared with, and how that stands to the targets.
public final class MarkdownReport {
    private final List<Run> runs;

    /// @param runs where two hold the same result, the later one counts
    public MarkdownReport(List<Run> runs) {
        this.runs = runs;
    }

    @Override
    public String toString() {
        Map<String, Result> results = Target.byKey(runs);
        return """
                # Performance

                Written by `./magpie bench report` from measured runs; do not edit. How to measure is in [bench.md](bench.md).

                """
                + machines() + DURABILITY + targets(results)
                + results.values().stream().map(MarkdownReport::result).collect(Collectors.joining("\n"))
                + repeat();
    }

    private static final String DURABILITY = """

            Server and load share the cores. Magpie runs with its embedded store, as shipped: every message is on the disk
            (`fsync` before the commit returns) before it is acknowledged. The relays store nothing. ejabberd has its archive
            (`mod_mam`) and its offline store on, in Mnesia as packed by Debian, which acknowledges before the disk has it.

            Each server is started once and warmed up before its first round counts, and for a moment before each further one;
            figures are medians over the rounds, which go over the servers in turn. A delivery is a message that reached one
            receiver's connection; under way is a message until it is acknowledged *and* has arrived. Latency is from the moment
            a message was due, not from the moment it got away. CPU is user and system time of the server's process.

            """;

    private String machines() {
        return runs.stream().map(MarkdownReport::machine).collect(Collectors.joining());
    }

    private static String machine(Run run) {
        Machine on = run.machine();
        return "- " + run.began() + ", `" + run.command() + "`: " + on.cores() + " cores (" + on.processor() + "), "
                + on.memory() + ", " + on.kernel() + ", " + on.jdk() + ", load average before it " + on.load() + "\n";
    }

    private static String targets(Map<String, Result> results) {
        StringBuilder out = new StringBuilder("""
                ## Against the targets

                | what | measured | must | aim | |
                | --- | ---: | ---: | ---: | --- |
                """);
        for (Target target : Target.ALL) {
            double value = target.value().applyAsDouble(results);
            out.append(row(List.of(
                    target.what(),
                    Target.number(value),
                    target.bound(target.must()),
                    target.bound(target.aim()),
                    target.verdict(value).text())));
        }
        return out + "\n";
    }

    private static String result(Result result) {
        List<Figure> figures = result.figures();
        List<String> head = new ArrayList<>(List.of("server"));
        figures.forEach(figure -> head.add(figure == Figure.PER_SECOND ? result.unit() + "/s" : figure.column()));
        head.addAll(List.of("sent", "lost", "twice", "disorder"));
        StringBuilder out = new StringBuilder("## " + result.key() + "\n\n" + result.title() + "\n\n");
        out.append(row(head))
                .append("| --- |")
                .append(" ---: |".repeat(head.size() - 1))
                .append('\n');
        result.servers().forEach((server, rounds) -> out.append(row(cells(result, server, rounds, figures))));
        return out.toString();
    }

    private static List<String> cells(Result result, String server, List<Measured> rounds, List<Figure> figures) {
        List<String> cells = new ArrayList<>(List.of(server));
        figures.forEach(figure -> cells.add(figure.text(result.median(server, figure))));
        cells.add(Comparison.sum(rounds, Counts::sent));
        cells.add(Comparison.sum(rounds, Counts::lost));
        cells.add(Comparison.sum(rounds, Counts::duplicate));
        cells.add(Comparison.sum(rounds, Counts::disordered));
        return cells;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private String repeat() {
        return "\n## To repeat it\n\n```sh\n"
                + runs.stream().map(Run::command).distinct().collect(Collectors.joining("\n"))
                + "\n./magpie bench report FILE… --markdown docs/performance.md --html report.html\n```\n\n"
                + "On a machine that does nothing else. What is missing of the references is installed on first use.\n";
    }
}
