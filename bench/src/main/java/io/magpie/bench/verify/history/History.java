package io.magpie.bench.verify.history;

import java.util.List;

/// Everything that happened, in order of time.
public record History(List<Line> lines) {
    public History {
        lines = List.copyOf(lines);
    }

    public long end() {
        return lines.isEmpty() ? 0 : lines.getLast().at();
    }
}
