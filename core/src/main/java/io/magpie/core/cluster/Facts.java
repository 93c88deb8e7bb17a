package io.magpie.core.cluster;

import java.util.List;

/// What one record carries.
///
/// @param from who published it
/// @param facts in the order they came about
public record Facts(Incarnation from, List<Fact> facts) {
    public Facts {
        facts = List.copyOf(facts);
    }
}
