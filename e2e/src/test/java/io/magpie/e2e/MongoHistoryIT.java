package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.report.Text;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.Verified;
import io.magpie.engines.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Two nodes whose history is in MongoDB and whose heads are in MariaDB.
class MongoHistoryIT {
    private static final int SECONDS = 15;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void everyPromiseIsKeptWhenNodesAndTheDatabaseDie() throws InterruptedException {
        try (var mongo = Engine.MONGO.start()) {
            var history = Verified.run(
                    folder,
                    new Topology(2, "mysql", "redis", "redis", "redis"),
                    Verified.HONEST,
                    SECONDS,
                    List.of(Fault.KILL, Fault.DB_RESTART),
                    "history.in=mongodb",
                    "mongo.url=" + mongo.url());
            var verdict = Verdict.of(history);
            assertThat(verdict.clean()).as(() -> Text.of(history, verdict)).isTrue();
            assertThat(verdict.results())
                    .allSatisfy(result ->
                            assertThat(result.looked()).as(result.check()).isPositive());
        }
    }
}
