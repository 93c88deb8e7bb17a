package io.magpie.bench.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one round found on one server. Figures and series belong to the measured seconds, counts to the whole round.
///
/// @param figures without those that could not be measured
/// @param complaint the first thing that went wrong
public record Measured(
        String server,
        Map<Figure, Double> figures,
        List<Series> series,
        Counts counts,
        @Nullable String complaint) {
    public Measured {
        Map<Figure, Double> known = new EnumMap<>(Figure.class);
        figures.forEach((figure, value) -> {
            if (Double.isFinite(value)) {
                known.put(figure, value);
            }
        });
        figures = known;
        series = series.stream().map(Series::known).toList();
    }

    public boolean clean() {
        return counts.clean() && complaint == null;
    }

    public double figure(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }
}
