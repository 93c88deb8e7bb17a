package io.magpie.cluster.command;

import io.magpie.cluster.FleetNode;

/// One node in the table.
///
/// @param state `up`; `starting`, `draining`; `down`; `not ready` if it says so itself, `silent` if it does not
///     answer
/// @param sessions -1 if nobody knows
record Row(FleetNode node, String state, long sessions, Sample.Rates rates) {
    boolean isUp() {
        return state.equals("up");
    }
}
