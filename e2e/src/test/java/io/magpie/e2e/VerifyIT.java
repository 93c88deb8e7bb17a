package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.report.Text;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.Verified;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The short form of `./magpie verify`.
class VerifyIT {
    private static final int SECONDS = 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aNodeThatIsKilledAndFrozenKeepsEveryPromise() throws InterruptedException {
        keepsEveryPromise(Topology.alone(), List.of(Fault.KILL, Fault.PAUSE));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void threeNodesKeepEveryPromiseWhoeverDies() throws InterruptedException {
        keepsEveryPromise(
                new Topology(3, "mysql", "redis", "redis", "redis"),
                List.of(Fault.KILL, Fault.REDIS_WIPE, Fault.DB_RESTART));
    }

    private void keepsEveryPromise(Topology topology, List<Fault> faults) throws InterruptedException {
        History history = Verified.run(folder, topology, Verified.HONEST, SECONDS, faults);
        Verdict verdict = Verdict.of(history);
        assertThat(verdict.clean()).as(() -> Text.of(history, verdict)).isTrue();
        assertThat(verdict.results())
                .allSatisfy(
                        result -> assertThat(result.looked()).as(result.check()).isPositive());
    }
}
