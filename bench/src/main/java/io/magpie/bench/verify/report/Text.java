package io.magpie.bench.verify.report;

import io.magpie.bench.report.Table;
import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.check.Violation;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.LineText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/// A verdict for the terminal: a table, then the shortest history of each kind of violation.
public final class Text {
    private static final int SHOWN_PER_CHECK = 3;
    private static final int MOST_LINES = 40;

    private Text() {}

    public static String of(History history, Verdict verdict) {
        Timeline timeline = Timeline.of(history);
        var table = new Table("check", "looked at", "violations");
        for (Verdict.Result result : verdict.results()) {
            table.row(
                    result.check(),
                    String.format(Locale.ROOT, "%,d", result.looked()),
                    Integer.toString(result.violations().size()));
        }
        var out = new StringBuilder(String.format(
                Locale.ROOT,
                "%,.0f sends acknowledged, %,.0f entries pushed, %d faults; send to push: p50 %.0f ms, p99 %.0f ms%n%n",
                Arrays.stream(timeline.sends()).sum(),
                Arrays.stream(timeline.deliveries()).sum(),
                timeline.faults().size(),
                timeline.wholeDeliveryMs(0.5),
                timeline.wholeDeliveryMs(0.99)));
        out.append(table).append('\n');
        verdict.results().forEach(result -> violations(out, result));
        return out.append(verdict.clean() ? "No violation.\n" : "").toString();
    }

    private static void violations(StringBuilder out, Verdict.Result result) {
        // The shortest tells most.
        result.violations().stream()
                .sorted(Comparator.comparingInt(violation -> violation.shown().size()))
                .limit(SHOWN_PER_CHECK)
                .forEach(violation -> violation(out, result.check(), violation));
        int more = result.violations().size() - SHOWN_PER_CHECK;
        if (more > 0) {
            out.append("  … and ")
                    .append(more)
                    .append(" more of: ")
                    .append(result.check())
                    .append("\n\n");
        }
    }

    private static void violation(StringBuilder out, String check, Violation violation) {
        out.append("VIOLATION (")
                .append(check)
                .append("): ")
                .append(violation.what())
                .append('\n');
        violation.shown().stream()
                .limit(MOST_LINES)
                .forEach(line -> out.append("  ").append(LineText.of(line)).append('\n'));
        out.append('\n');
    }
}
