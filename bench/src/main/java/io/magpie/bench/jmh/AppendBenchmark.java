package io.magpie.bench.jmh;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One commit of the embedded store, `fsync` included, of messages spread over 500 conversations. The figure is of
/// the whole batch.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBenchmark {
    private static final int CONVERSATIONS = 500;

    @Param({"1", "50", "500"})
    public int batch = 1;

    private final StoreFolder folder = new StoreFolder();
    private long next;

    @Benchmark
    public List<AppendResult> append() {
        List<Draft> drafts = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            long number = next++;
            long sender = 1 + number % CONVERSATIONS;
            drafts.add(new Draft(
                    ConversationId.direct(sender, sender + CONVERSATIONS),
                    sender,
                    "client-" + number,
                    Messages.MESSAGE,
                    Draft.UNCHECKED));
        }
        return folder.store().log().append(drafts, 1_800_000_000_000L + next);
    }

    @Setup
    public void conversations() {
        for (int i = 0; i < CONVERSATIONS; i++) {
            var _ = append();
        }
    }

    @TearDown
    public void delete() throws IOException {
        folder.close();
    }
}
