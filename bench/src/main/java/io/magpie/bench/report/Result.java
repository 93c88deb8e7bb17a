package io.magpie.bench.report;

import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All rounds of one scenario on all servers.
///
/// @param key names the scenario and what is special about it, unique within a run
/// @param title for people
/// @param unit what is counted
/// @param servers in the order they were asked for; the first is the one compared; none empty
public record Result(String key, String title, String unit, Map<String, List<Measured>> servers) {
    public Result {
        servers = new LinkedHashMap<>(servers);
    }

    public boolean clean() {
        return servers.values().stream().flatMap(List::stream).allMatch(Measured::clean);
    }

    /// The median over a server's rounds; NaN if it was not measured.
    public double median(String server, Figure figure) {
        return median(servers.getOrDefault(server, List.of()).stream()
                .mapToDouble(round -> round.figure(figure))
                .filter(Double::isFinite)
                .toArray());
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The server's figure divided by the other's.
    public double ratio(String server, String other, Figure figure) {
        return median(server, figure) / median(other, figure);
    }

    /// Those that were measured at all, in the order of their declaration.
    public List<Figure> figures() {
        return java.util.Arrays.stream(Figure.values())
                .filter(figure -> servers.keySet().stream().anyMatch(server -> Double.isFinite(median(server, figure))))
                .toList();
    }
}
