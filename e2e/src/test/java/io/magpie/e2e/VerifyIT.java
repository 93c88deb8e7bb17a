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

/// The short form of `./magpie verify`.
class VerifyIT {
    private static final int SECONDS = 20;

    @Test
    void aNodeThatIsKilledAndFrozenKeepsEveryPromise(@TempDir Path folder) throws InterruptedException {
        History history =
                Verified.run(folder, Topology.alone(), Verified.HONEST, SECONDS, List.of(Fault.KILL, Fault.PAUSE));
        Verdict verdict = Verdict.of(history);
        assertThat(verdict.clean()).as(() -> Text.of(history, verdict)).isTrue();
        assertThat(verdict.results())
                .allSatisfy(
                        result -> assertThat(result.looked()).as(result.check()).isPositive());
    }
}
