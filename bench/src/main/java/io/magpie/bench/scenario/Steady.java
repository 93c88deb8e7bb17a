package io.magpie.bench.scenario;

import io.magpie.bench.load.FanOut;
import io.magpie.bench.load.FixedRate;
import io.magpie.bench.load.Flow;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.OneToOne;
import io.magpie.bench.load.Round;
import io.magpie.bench.target.Server;
import java.util.function.Function;

/// Everybody is online and messages flow.
public final class Steady implements Scenario {
    private final Function<Turn.Size, Flow> flow;

    private Steady(Function<Turn.Size, Flow> flow) {
        this.flow = flow;
    }

    /// Users in pairs, closed loop.
    public static Steady oneToOne(int window) {
        return new Steady(size -> new OneToOne(window, size.devices()));
    }

    /// One group, closed loop.
    public static Steady fanOut(int senders, int window) {
        return new Steady(size -> new FanOut(size.users(), senders, window, size.devices()));
    }

    /// Users in pairs, a fixed number of messages per second over all of them.
    public static Steady rate(int perSecond) {
        return new Steady(size -> new FixedRate(perSecond, size.devices()));
    }

    @Override
    public Measured run(Server server, Turn turn) throws InterruptedException {
        return Round.run(
                server.subject(turn.number()),
                turn.plan(turn.size().users(), turn.kill()),
                turn.round(() -> server.restart(true)),
                flow.apply(turn.size()),
                turn.client(),
                turn.progress());
    }

    @Override
    public String unit() {
        return "deliveries";
    }
}
