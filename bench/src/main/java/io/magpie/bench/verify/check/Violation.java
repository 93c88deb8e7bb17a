package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import java.util.Comparator;
import java.util.List;

/// Something that must not be.
///
/// @param what one sentence
/// @param shown the shortest history that shows it, in order of time
public record Violation(String what, List<Line> shown) {
    public Violation {
        shown = shown.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Line::at))
                .toList();
    }
}
