package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.report.Text;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.Verified;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server that breaks a promise is found out: each fault is sown into the wiring of a server that is otherwise the
/// real one.
class VerifyCatchesIT {
    private static final int SECONDS = 8;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void acknowledgingBeforeTheCommitIsCaught() throws InterruptedException {
        broken("ack-before-commit", List.of(Fault.KILL)).contains("acknowledged is durable");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void seqsFromACacheAreCaught() throws InterruptedException {
        broken("cached-seq", List.of()).contains("one order");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void lostPushesWithoutTheReconcilerAreCaught() throws InterruptedException {
        // Which of them shows it depends on who looks again by himself.
        broken("lost-pushes,no-reconciler", List.of()).containsAnyOf("repaired within 30 s", "every device holds all");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void lostPushesAloneAreMended() throws InterruptedException {
        broken("lost-pushes", List.of()).isEmpty();
    }

    /// The promises that were broken.
    private ListAssert<String> broken(String profiles, List<Fault> faults) throws InterruptedException {
        var history = Verified.run(folder, Topology.alone(), profiles, SECONDS, faults);
        var verdict = Verdict.of(history);
        var broken = verdict.results().stream()
                .filter(result -> !result.violations().isEmpty())
                .map(Verdict.Result::check)
                .toList();
        return assertThat(broken).as(() -> Text.of(history, verdict));
    }
}
