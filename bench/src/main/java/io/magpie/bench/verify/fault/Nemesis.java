package io.magpie.bench.verify.fault;

import io.magpie.bench.verify.history.Recorder;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Topology;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Does to a fleet what a schedule says, one after the other, and mends it each time. Blocks; one thread.
public final class Nemesis {
    private final Fleet fleet;
    private final Recorder recorder;
    private final SlowReaders slowReaders;
    private final Consumer<String> progress;

    /// Devices that can be made slow.
    public interface SlowReaders {
        /// Some stop reading for so long, while much is said to them.
        void slow(int milliseconds) throws InterruptedException;
    }

    public Nemesis(Fleet fleet, Recorder recorder, SlowReaders slowReaders, Consumer<String> progress) {
        this.fleet = fleet;
        this.recorder = recorder;
        this.slowReaders = slowReaders;
        this.progress = progress;
    }

    /// Those that this fleet can suffer.
    public static List<Fault> possible(Fleet fleet) {
        List<Fault> possible = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            boolean can = switch (fault) {
                case KILL, DRAIN, PAUSE, SLOW_READERS -> true;
                case CUT -> fleet.nodes().getFirst().canBeCut();
                case REDIS_RESTART, REDIS_WIPE -> fleet.engines().containsKey(Engine.REDIS);
                case BUS_RESTART -> !fleet.plan().topology().bus().equals("local");
                case DB_RESTART -> !fleet.plan().topology().store().equals("sqlite");
            };
            if (can) {
                possible.add(fault);
            }
        }
        return possible;
    }

    public void inflict(Schedule.Planned planned) throws InterruptedException {
        Thread.sleep(planned.breakMs());
        FleetNode node = fleet.nodes().get(planned.node());
        progress.accept(planned.fault().id());
        switch (planned.fault()) {
            case KILL -> node(planned, node, node::kill, node::start);
            case DRAIN -> node(planned, node, node::drain, node::start);
            case PAUSE -> node(planned, node, node::pause, node::resume);
            case CUT -> node(planned, node, node::cut, node::heal);
            case REDIS_RESTART -> engine(planned, fleet.engine(Engine.REDIS));
            case REDIS_WIPE -> lasting(planned.fault(), "redis", fleet::wipeRedis);
            case BUS_RESTART ->
                engine(
                        planned,
                        fleet.engine(Topology.engine(fleet.plan().topology().bus())));
            case DB_RESTART ->
                engine(
                        planned,
                        fleet.engine(Topology.engine(fleet.plan().topology().store())));
            case SLOW_READERS -> {
                begins(planned.fault(), "");
                slowReaders.slow(planned.lastsMs());
                ends(planned.fault(), "");
            }
        }
    }

    private void node(Schedule.Planned planned, FleetNode node, Runnable hurt, Runnable mend)
            throws InterruptedException {
        begins(planned.fault(), node.id());
        try {
            hurt.run();
            Thread.sleep(planned.lastsMs());
        } finally {
            mend.run();
            ends(planned.fault(), node.id());
        }
    }

    private void engine(Schedule.Planned planned, RunningEngine engine) throws InterruptedException {
        begins(planned.fault(), engine.engine().id());
        try {
            engine.kill();
            Thread.sleep(planned.lastsMs());
        } finally {
            engine.restart();
            ends(planned.fault(), engine.engine().id());
        }
    }

    private void lasting(Fault fault, String target, Runnable hurt) {
        begins(fault, target);
        hurt.run();
        ends(fault, target);
    }

    private void begins(Fault fault, String target) {
        recorder.fault(fault.id(), target, true, fault.heavy());
    }

    private void ends(Fault fault, String target) {
        recorder.fault(fault.id(), target, false, fault.heavy());
    }

    /// Everything runs and is connected when it returns.
    public void mend() {
        for (FleetNode node : fleet.nodes()) {
            node.heal();
            node.resume();
        }
        for (Map.Entry<Engine, RunningEngine> engine : fleet.engines().entrySet()) {
            if (!engine.getValue().isRunning()) {
                engine.getValue().restart();
            }
        }
        fleet.nodes().forEach(FleetNode::start);
    }
}
