package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Mentions;
import io.magpie.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// People who send through any node until they are answered, and what they were answered.
public final class Load {
    private static final int PAIRS = 12;

    private final Map<String, AppendResult.Stored> answers = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /// Sends batches of new messages, and of some that were sent before, in conversations that others write to.
    ///
    /// @param nodes each batch goes to another one
    public void send(int sender, int batches, List<? extends EntryLog> nodes) {
        var random = new Random(sender);
        var sent = new ArrayList<Draft>();
        for (int batch = 0; batch < batches; batch++) {
            var drafts = new ArrayList<Draft>();
            for (int i = 0; i < 8; i++) {
                drafts.add(draft(sender, random.nextInt(PAIRS), batch + "/" + i));
            }
            if (!sent.isEmpty()) {
                drafts.add(sent.get(random.nextInt(sent.size())));
            }
            answered(drafts, untilAnswered(nodes, batch, drafts));
            sent.addAll(drafts.subList(0, 8));
        }
    }

    public int answered() {
        return answers.size();
    }

    public int refused() {
        return refusals.get();
    }

    /// Everything answered is stored where it was answered to be, once, and nothing else is.
    public void verify(EntryLog log) {
        var found = new ArrayList<String>();
        for (int pair = 0; pair < PAIRS; pair++) {
            var conversation = ConversationId.direct(1, 2 + pair);
            var entries = log.ascending(conversation, 1, Long.MAX_VALUE, 100_000);
            assertThat(entries)
                    .map(Entry::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, entries.size()).boxed().toList());
            assertThat(entries).map(Entry::sentAt).isSorted();
            for (var entry : entries) {
                var key = key(conversation, entry.sender(), String.valueOf(entry.clientId()));
                assertThat(answers.get(key))
                        .as("%s", entry)
                        .isEqualTo(new AppendResult.Stored(entry.seq(), entry.sentAt(), true));
                found.add(key);
            }
        }
        var missing = new HashMap<>(answers);
        missing.keySet().removeAll(found);
        assertThat(missing).isEmpty();
        assertThat(found).doesNotHaveDuplicates();
    }

    private static Draft draft(int sender, int pair, String clientId) {
        var body = new Body.Message(new Content.Text("Hello 👋 " + clientId), 0, Mentions.NONE);
        return new Draft(ConversationId.direct(1, 2 + pair), sender, clientId, body, Draft.UNCHECKED);
    }

    private static String key(ConversationId conversation, long sender, String clientId) {
        return conversation + " " + sender + " " + clientId;
    }

    private List<AppendResult> untilAnswered(List<? extends EntryLog> nodes, int batch, List<Draft> drafts) {
        for (int attempt = 0; ; attempt++) {
            try {
                return nodes.get((batch + attempt) % nodes.size()).append(drafts, System.currentTimeMillis());
            } catch (StoreUnavailableException e) {
                refusals.incrementAndGet();
                if (attempt > 600) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A repeat is answered as the first one was.
    private void answered(List<Draft> drafts, List<AppendResult> results) {
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var stored = (AppendResult.Stored) results.get(i);
            var answer = new AppendResult.Stored(stored.seq(), stored.sentAt(), true);
            var before =
                    answers.put(key(draft.conversation(), draft.sender(), String.valueOf(draft.clientId())), answer);
            assertThat(before).isIn(null, answer);
        }
    }
}
