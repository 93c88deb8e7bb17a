package io.magpie.e2e.harness;

import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.run.Verification;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs of the checker of histories against servers from this class path.
public final class Verified {
    /// No fault is sown into the server.
    public static final String HONEST = "";

    private static final long SEED = 7;

    private Verified() {}

    /// @param profiles faults sown into the server, with commas; see the package `io.magpie.server` of these tests
    /// @param settings more of them, as in `key=value`
    public static History run(
            Path folder, Topology topology, String profiles, int seconds, List<Fault> faults, String... settings)
            throws InterruptedException {
        var all = new ArrayList<>(List.of(
                "limits.sendsPerSecond=1000000",
                "limits.sendBurst=1000000",
                "realtime.heartbeatMs=10000",
                "node.drainMs=5000",
                "log.level=warn"));
        all.addAll(List.of(settings));
        var launch = (profiles.isEmpty() ? TestServer.launch() : TestServer.launchWithFaults())
                .with("-Dspring.profiles.active=" + profiles);
        var plan = new Plan(
                folder,
                topology,
                launch,
                all,
                "a secret of the tests, thirty-two bytes or more",
                Plan.Lifetime.OF_THE_JVM,
                true);
        try (var fleet = Fleet.start(plan, _ -> {})) {
            var options = Verification.Options.small(seconds * 1_000L, faults, SEED);
            return new Verification(options, _ -> {}).run(fleet);
        }
    }
}
