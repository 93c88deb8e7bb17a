package io.magpie.bench.scenario;

import io.magpie.bench.load.Series;
import java.util.List;

/// The straight line nearest to some points.
final class Slope {
    private Slope() {}

    /// How much y grows with x, by least squares; NaN for less than two different x.
    static double of(List<Series.Point> points) {
        double meanX = points.stream().mapToDouble(Series.Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Series.Point::y).average().orElse(Double.NaN);
        double square = 0;
        double product = 0;
        for (Series.Point point : points) {
            square += (point.x() - meanX) * (point.x() - meanX);
            product += (point.x() - meanX) * (point.y() - meanY);
        }
        return square == 0 ? Double.NaN : product / square;
    }
}
