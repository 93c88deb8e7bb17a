package io.magpie.core.delivery;

import io.magpie.core.command.Event;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Lane;
import io.magpie.core.session.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The online members of a group whose connections live on one lane. The list is never changed.
record LaneShare(Lane lane, List<Connection> connections) {
    /// On the lane.
    void push(Event event, Weight weight, @Nullable Connection except) {
        for (Connection connection : connections) {
            if (!connection.equals(except)) {
                connection.push(event, weight);
            }
        }
    }
}
