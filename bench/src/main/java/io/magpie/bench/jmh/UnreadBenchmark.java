package io.magpie.bench.jmh;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/// What a user has not read, in 20 conversations of 2,000 messages each: nothing, a screenful, more than is counted.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UnreadBenchmark {
    private static final long USER = 1;
    private static final int CONVERSATIONS = 20;
    private static final int MESSAGES = 2_000;

    @Param({"0", "20", "1500"})
    public int unread = 0;

    private final StoreFolder folder = new StoreFolder();
    private final List<UnreadQuery> queries = new ArrayList<>();

    @Setup
    public void fill() {
        for (long other = 2; other < 2 + CONVERSATIONS; other++) {
            ConversationId conversation = ConversationId.direct(USER, other);
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                drafts.add(new Draft(conversation, other, "client-" + i, Messages.MESSAGE, Draft.UNCHECKED));
            }
            var _ = folder.store().log().append(drafts, 1_800_000_000_000L);
            queries.add(new UnreadQuery(conversation, USER, MESSAGES - unread, MESSAGES));
        }
    }

    @Benchmark
    public Map<ConversationId, Unread> count() {
        return folder.store().log().unread(queries);
    }

    @TearDown
    public void delete() throws IOException {
        folder.close();
    }
}
