package io.magpie.bench.scenario;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Round;
import io.magpie.bench.wire.LoadClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One round of a run, on one server.
///
/// @param number unique within the run
/// @param first whether it is the server's first
/// @param warmSeconds before the seconds that count; longer in a server's first round
/// @param client opens the connections
/// @param progress tells what is going on
public record Turn(
        Size size,
        int number,
        boolean first,
        int warmSeconds,
        boolean kill,
        LoadClient client,
        Consumer<String> progress) {
    /// How much, the same in all rounds.
    ///
    /// @param devices of each user
    /// @param bytes of a message's text
    /// @param seconds that count
    /// @param quietSeconds how long to wait at the end for what is missing
    public record Size(int users, int devices, int bytes, int seconds, int quietSeconds) {}

    Crowd.Plan plan(int users, boolean comesAndGoes) {
        return new Crowd.Plan(users, size.devices(), size.bytes(), number, comesAndGoes);
    }

    Round.Plan round(Round.@Nullable Death death) {
        return new Round.Plan(warmSeconds, size.seconds(), size.quietSeconds(), kill ? death : null);
    }
}
