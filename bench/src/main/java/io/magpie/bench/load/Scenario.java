package io.magpie.bench.load;

import io.magpie.bench.wire.WsClient;
import java.util.function.Consumer;

/// A way of using a server, with its parameters. Each run of it is one round.
public sealed interface Scenario {
    /// Blocks until the round is over.
    Measured run(Subject subject, Round.Plan plan, WsClient client, Consumer<String> progress)
            throws InterruptedException;

    /// Users in pairs, closed loop.
    record Pairs(int window) implements Scenario {
        @Override
        public Measured run(Subject subject, Round.Plan plan, WsClient client, Consumer<String> progress)
                throws InterruptedException {
            return new Round(subject, plan, new OneToOne(window), progress).run(client);
        }
    }

    /// One group, closed loop.
    record Group(int senders, int window) implements Scenario {
        @Override
        public Measured run(Subject subject, Round.Plan plan, WsClient client, Consumer<String> progress)
                throws InterruptedException {
            return new Round(subject, plan, new FanOut(plan.users(), senders, window), progress).run(client);
        }
    }

    /// Users in pairs, a fixed number of messages per second over all of them.
    record Rate(int perSecond) implements Scenario {
        @Override
        public Measured run(Subject subject, Round.Plan plan, WsClient client, Consumer<String> progress)
                throws InterruptedException {
            return new Round(subject, plan, new FixedRate(perSecond), progress).run(client);
        }
    }
}
