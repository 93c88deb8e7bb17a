package io.magpie.bench.load;

import io.magpie.bench.wire.LoadClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One round of steady load on one server: everybody logs in, load, a warm-up, the measured seconds, then waits until
/// all that was acknowledged has arrived, or nothing has arrived for longer than a server may take to repair itself.
public final class Round {
    private final Crowd crowd;
    private final Plan plan;
    private final Flow flow;
    private final Consumer<String> progress;

    /// @param quietSeconds how long to wait at the end for what is missing
    /// @param death kills and restarts the server in the middle of the measured seconds; null to let it live
    public record Plan(
            int warmSeconds,
            int seconds,
            int quietSeconds,
            @Nullable Death death) {}

    /// The death of the server.
    public interface Death {
        /// Returns when it is back.
        Subject killAndRestart() throws InterruptedException;
    }

    public Round(Crowd crowd, Plan plan, Flow flow, Consumer<String> progress) {
        this.crowd = crowd;
        this.plan = plan;
        this.flow = flow;
        this.progress = progress;
    }

    public Measured run() throws InterruptedException {
        crowd.login(progress);
        flow.prepare(crowd.subject().dialect(), crowd.users());
        for (User user : crowd.users()) {
            if (!user.streams().isEmpty()) {
                user.execute(() -> flow.start(user));
            }
        }
        for (int second = 0; second < plan.warmSeconds(); second++) {
            progress.accept("warm-up");
            Thread.sleep(1000);
        }
        Meter.Result result = measure();
        flow.stop();
        crowd.drain(plan.quietSeconds(), progress);
        return new Measured(
                crowd.subject().name(), result.figures(), result.series(), crowd.counts(), crowd.complaint());
    }

    private Meter.Result measure() throws InterruptedException {
        Meter meter = new Meter(crowd.subject().usage(), crowd.counters());
        for (int second = 0; second < plan.seconds(); second++) {
            Round.Death death = plan.death();
            if (death != null && second == plan.seconds() / 2) {
                progress.accept("SIGKILL");
                crowd.subject(death.killAndRestart());
            }
            Thread.sleep(1000);
            progress.accept((second + 1) + "/" + plan.seconds() + " s, " + meter.tick() + "/s");
        }
        return meter.stop();
    }

    /// Runs it and lets everybody go.
    public static Measured run(
            Subject subject, Crowd.Plan who, Plan plan, Flow flow, LoadClient client, Consumer<String> progress)
            throws InterruptedException {
        try (Crowd crowd = new Crowd(subject, who, flow, client)) {
            return new Round(crowd, plan, flow, progress).run();
        } finally {
            flow.stop();
        }
    }
}
