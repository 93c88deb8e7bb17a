package io.magpie.bench.verify.report;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.check.Violation;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.LineText;

/// A run as one page that needs nothing else.
public final class Html {
    private static final int MOST_VIOLATIONS = 50;

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2em auto; padding: 0 1em; color: #1f2328 }
            table { border-collapse: collapse } td, th { padding: .25em .8em; text-align: right; border-bottom: 1px solid #d0d7de }
            td:first-child, th:first-child { text-align: left } .bad { color: #d1242f; font-weight: 600 } .good { color: #1a7f37 }
            svg { width: 100% } svg text { font: 12px system-ui, sans-serif; fill: #59636e } svg .y { text-anchor: end }
            .grid { stroke: #d0d7de; stroke-width: .5 } svg .name { font-size: 10px } .fault { fill: #d29922; opacity: .25 }
            pre { background: #f6f8fa; padding: .8em; overflow-x: auto; font-size: 13px }
            """;

    private Html() {}

    /// @param title what was run, in one line
    public static String of(String title, History history, Verdict verdict) {
        Timeline timeline = Timeline.of(history);
        var out = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        out.append(escape(title)).append("</title><style>").append(STYLE).append("</style></head><body><h1>");
        out.append(verdict.clean() ? "No violation" : "Violations").append("</h1><p>");
        out.append(escape(title)).append("</p>");
        table(out, verdict);
        out.append(new Plot("Acknowledged sends per second", timeline, false)
                .curve("sends/s", timeline.sends())
                .svg());
        out.append(new Plot("Pushed entries per second", timeline, false)
                .curve("deliveries/s", timeline.deliveries())
                .svg());
        out.append(new Plot("From send to acknowledgement, ms", timeline, true)
                .curve("p50", timeline.answerMs(0.5))
                .curve("p99", timeline.answerMs(0.99))
                .svg());
        out.append(new Plot("From first send to push, ms", timeline, true)
                .curve("p50", timeline.deliveryMs(0.5))
                .curve("p99", timeline.deliveryMs(0.99))
                .svg());
        out.append("<h2>Faults</h2><pre>");
        history.lines().stream()
                .filter(line -> !(line instanceof Line.Seen))
                .forEach(line -> out.append(escape(LineText.of(line))).append('\n'));
        return out.append("</pre></body></html>\n").toString();
    }

    private static void table(StringBuilder out, Verdict verdict) {
        out.append("<table><tr><th>check</th><th>looked at</th><th>violations</th></tr>");
        for (Verdict.Result result : verdict.results()) {
            out.append("<tr><td>").append(escape(result.check())).append("</td><td>");
            out.append(String.format("%,d", result.looked())).append("</td><td class=\"");
            out.append(result.violations().isEmpty() ? "good" : "bad").append("\">");
            out.append(result.violations().size()).append("</td></tr>");
        }
        out.append("</table>");
        for (Verdict.Result result : verdict.results()) {
            for (Violation violation :
                    result.violations().stream().limit(MOST_VIOLATIONS).toList()) {
                out.append("<h3 class=\"bad\">")
                        .append(escape(violation.what()))
                        .append("</h3><pre>");
                violation
                        .shown()
                        .forEach(line -> out.append(escape(LineText.of(line))).append('\n'));
                out.append("</pre>");
            }
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
