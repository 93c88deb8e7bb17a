package io.magpie.cluster.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How the cluster does, for people.
///
/// @param colours whether the terminal shows them
record Table(boolean colours) {
    private static final String FORMAT = "%s%8s%9s%14s%9s%7s%6s%6s";

    private static final int DIM = 2;
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;

    /// @param others engines and nginx, and whether each runs
    /// @param hint said below; may be empty
    List<String> lines(List<Row> rows, Map<String, Boolean> others, String hint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint(
                DIM,
                FORMAT.formatted(
                        "%-9s%-10s".formatted("NODE", "STATE"),
                        "SESSIONS",
                        "SENDS/S",
                        "DELIVERIES/S",
                        "LAG",
                        "HTTP",
                        "WS",
                        "TCP")));
        for (Row row : rows) {
            lines.add(FORMAT.formatted(
                    "%-9s".formatted(row.node().id()) + paint(colour(row.state()), "%-10s".formatted(row.state())),
                    row.sessions() < 0 ? "–" : String.format(Locale.ROOT, "%,d", row.sessions()),
                    rate(row.rates().sends()),
                    rate(row.rates().deliveries()),
                    lag(row.rates().lagMs()),
                    row.node().http().getPort(),
                    row.node().webSocket().getPort(),
                    row.node().tcp().getPort()));
        }
        lines.add(others.entrySet().stream()
                .map(other -> other.getKey() + " " + (other.getValue() ? paint(GREEN, "up") : paint(RED, "down")))
                .collect(Collectors.joining(paint(DIM, " · "))));
        if (!hint.isEmpty()) {
            lines.addAll(List.of("", paint(DIM, hint)));
        }
        return lines;
    }

    /// One line per node, where lines are kept.
    static List<String> plain(List<Row> rows) {
        return rows.stream()
                .map(row -> "%s %s sessions=%s sends/s=%s deliveries/s=%s lag=%s"
                        .formatted(
                                row.node().id(),
                                row.state().replace(' ', '-'),
                                row.sessions() < 0 ? "–" : row.sessions(),
                                rate(row.rates().sends()),
                                rate(row.rates().deliveries()),
                                lag(row.rates().lagMs()).replace(" ", "")))
                .toList();
    }

    private static int colour(String state) {
        return switch (state) {
            case "up" -> GREEN;
            case "starting", "draining" -> YELLOW;
            default -> RED;
        };
    }

    private static String rate(double rate) {
        return Double.isNaN(rate) ? "–" : String.format(Locale.ROOT, rate > 0 && rate < 10 ? "%.1f" : "%,.0f", rate);
    }

    private static String lag(double milliseconds) {
        return Double.isNaN(milliseconds) ? "–" : String.format(Locale.ROOT, "%,.0f ms", milliseconds);
    }

    private String paint(int code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
