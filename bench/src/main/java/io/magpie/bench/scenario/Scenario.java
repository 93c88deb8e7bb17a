package io.magpie.bench.scenario;

import io.magpie.bench.load.Measured;
import io.magpie.bench.target.Server;

/// A way of using a server, with its parameters. Each run of it is one round.
public interface Scenario {
    /// Blocks until the round is over.
    Measured run(Server server, Turn turn) throws InterruptedException;

    /// What is counted, for the heads of columns: `messages`, `logins`, …
    String unit();
}
