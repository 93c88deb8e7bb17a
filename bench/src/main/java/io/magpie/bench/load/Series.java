package io.magpie.bench.load;

import java.util.List;

/// Points of a plot.
///
/// @param name what the points are, the same for all servers
public record Series(String name, List<Point> points) {
    public record Point(double x, double y) {}

    /// Without the points that could not be measured.
    Series known() {
        return new Series(
                name,
                points.stream().filter(point -> Double.isFinite(point.y())).toList());
    }
}
