package io.magpie.bench.verify.report;

import java.util.Arrays;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Curves over time as SVG, with faults as shaded bands behind them.
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 200;
    private static final int LEFT = 70;
    private static final int BOTTOM = 24;
    private static final int TOP = 16;
    private static final List<String> COLOURS = List.of("#1f6feb", "#d1242f", "#1a7f37");

    private final String title;
    private final int seconds;
    private final List<Timeline.Band> faults;
    private final boolean logarithmic;
    private final Map<String, double[]> curves = new LinkedHashMap<>();

    /// @param logarithmic from 1 up
    Plot(String title, Timeline timeline, boolean logarithmic) {
        this.title = title;
        this.seconds = timeline.seconds();
        this.faults = timeline.faults();
        this.logarithmic = logarithmic;
    }

    Plot curve(String name, double... values) {
        curves.put(name, values);
        return this;
    }

    String svg() {
        double top = curves.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
        top = Math.max(top, logarithmic ? 10 : 1);
        var out = new Formatter(Locale.ROOT);
        out.format("<h3>%s</h3>", Html.escape(title));
        out.format("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT + TOP + BOTTOM);
        bands(out);
        grid(out, top);
        int colour = 0;
        for (Map.Entry<String, double[]> curve : curves.entrySet()) {
            String stroke = COLOURS.get(colour % COLOURS.size());
            line(out, curve.getValue(), top, stroke);
            out.format(
                    "<text x=\"%d\" y=\"12\" fill=\"%s\">%s</text>",
                    LEFT + 160 * colour++, stroke, Html.escape(curve.getKey()));
        }
        return out.format("</svg>").toString();
    }

    private void bands(Formatter out) {
        for (Timeline.Band band : faults) {
            double width = Math.max(1.5, x(band.to()) - x(band.from()));
            out.format(
                    "<rect class=\"fault\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s %.1f–%.1f s</title></rect>",
                    x(band.from()), TOP, width, HEIGHT, Html.escape(band.label()), band.from(), band.to());
        }
    }

    private void grid(Formatter out, double top) {
        for (int i = 0; i <= 4; i++) {
            double share = i / 4.0;
            double value = logarithmic ? Math.pow(top, share) : top * share;
            double y = TOP + HEIGHT * (1 - share);
            out.format("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH, y, y);
            out.format("<text x=\"%d\" y=\"%.1f\" class=\"y\">%,.0f</text>", LEFT - 6, y + 4, value);
        }
        int step = Math.max(1, seconds / 10);
        for (int second = 0; second < seconds; second += step) {
            out.format("<text x=\"%.1f\" y=\"%d\" class=\"x\">%d s</text>", x(second), TOP + HEIGHT + 16, second);
        }
    }

    private void line(Formatter out, double[] values, double top, String stroke) {
        var path = new Formatter(Locale.ROOT);
        boolean drawing = false;
        for (int second = 0; second < values.length; second++) {
            if (Double.isNaN(values[second])) {
                drawing = false;
                continue;
            }
            path.format("%s%.1f %.1f", drawing ? "L" : "M", x(second + 0.5), y(values[second], top));
            drawing = true;
        }
        out.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", path, stroke);
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT) * second / seconds;
    }

    private double y(double value, double top) {
        double share = logarithmic ? Math.log(Math.max(1, value)) / Math.log(top) : value / top;
        return TOP + HEIGHT * (1 - share);
    }
}
