package io.magpie.bench.verify.history;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;

/// What a device did or was told, in the protocol's own words.
public sealed interface What {
    /// Welcomed: from now on it is pushed what happens.
    record Online() implements What {}

    /// Holds everything that was there when it came.
    record CaughtUp() implements What {}

    record Offline(String why) implements What {}

    /// @param request ties the answer to it; unique in the run
    record Asked(long request, Command command) implements What {}

    record Answered(long request, Command command, Reply reply) implements What {}

    /// Nobody knows what became of it.
    record Unanswered(long request, Command command, String why) implements What {}

    record Pushed(Event event) implements What {}

    /// Stops reading what comes, or reads again.
    record Reading(boolean active) implements What {}

    /// A call of the HTTP API.
    record Called(String call, String outcome) implements What {}
}
