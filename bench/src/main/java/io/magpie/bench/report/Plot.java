package io.magpie.bench.report;

import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Plots as SVG inside a page, which brings the colours. Narrow enough for a phone.
final class Plot {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 210;
    private static final int LEFT = 48;
    private static final int RIGHT = 8;
    private static final int TOP = 8;
    private static final int BOTTOM = 34;
    private static final int ROW = 40;
    private static final int TICKS = 4;

    private Plot() {}

    /// One bar per server: the median, and a dot for each round.
    ///
    /// @param figure which one it is, for the numbers
    static String bars(Map<String, Double> medians, Map<String, List<Double>> rounds, Figure figure) {
        double most = rounds.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double scale = (WIDTH - 2 * RIGHT) / Math.max(most, 1e-9);
        StringBuilder out = new StringBuilder();
        int index = 0;
        for (Map.Entry<String, Double> bar : medians.entrySet()) {
            int y = index * ROW;
            out.append("<text x='%d' y='%d'>%s: %s</text>"
                            .formatted(RIGHT, y + 13, Page.escape(bar.getKey()), figure.text(bar.getValue())))
                    .append("<rect class='c%d' x='%d' y='%d' width='%s' height='14' rx='2'/>"
                            .formatted(index, RIGHT, y + 19, number(Math.max(1, bar.getValue() * scale))));
            for (double round : rounds.getOrDefault(bar.getKey(), List.of())) {
                out.append("<circle class='dot' cx='%s' cy='%d' r='2.5'/>"
                        .formatted(number(RIGHT + round * scale), y + 26));
            }
            index++;
        }
        return svg(index * ROW, out.toString());
    }

    /// One line per server.
    ///
    /// @param labels of the x axis at their places
    static String lines(Map<String, List<Series.Point>> lines, Map<Double, String> labels, String xTitle) {
        List<Series.Point> all = lines.values().stream().flatMap(List::stream).toList();
        double right = all.stream().mapToDouble(Series.Point::x).max().orElse(1);
        double top = nice(all.stream().mapToDouble(Series.Point::y).max().orElse(1));
        StringBuilder out = new StringBuilder();
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = top * tick / TICKS;
            String y = number(y(value, top));
            out.append("<line class='grid' x1='%d' x2='%d' y1='%s' y2='%s'/>".formatted(LEFT, WIDTH - RIGHT, y, y))
                    .append("<text class='end' x='%d' y='%s'>%s</text>"
                            .formatted(LEFT - 5, number(y(value, top) + 4), amount(value)));
        }
        labels.forEach((x, text) -> out.append("<text class='%s' x='%s' y='%d'>%s</text>"
                .formatted(
                        x >= right ? "end" : "middle", number(x(x, right)), HEIGHT - BOTTOM + 15, Page.escape(text))));
        out.append("<text class='middle' x='%d' y='%d'>%s</text>"
                .formatted((LEFT + WIDTH) / 2, HEIGHT - 4, Page.escape(xTitle)));
        int index = 0;
        for (List<Series.Point> line : lines.values()) {
            List<String> points = new ArrayList<>();
            line.forEach(point -> points.add(number(x(point.x(), right)) + "," + number(y(point.y(), top))));
            out.append("<polyline class='c%d' points='%s'/>".formatted(index++, String.join(" ", points)));
        }
        return svg(HEIGHT, out.toString());
    }

    private static double x(double value, double most) {
        return LEFT + value / Math.max(most, 1e-9) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / Math.max(most, 1e-9) * (HEIGHT - TOP - BOTTOM);
    }

    /// The next of 1, 2, 4, 5, 8 or 10 times a power of ten.
    static double nice(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    static String amount(double value) {
        if (value >= 1e6) {
            return trim(value / 1e6) + " M";
        }
        return value >= 1e4 ? trim(value / 1e3) + " k" : trim(value);
    }

    private static String trim(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String svg(int height, String content) {
        return "<svg viewBox='0 0 %d %d' role='img'>%s</svg>".formatted(WIDTH, height, content);
    }
}
