package io.magpie.core.node;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Entry;
import io.magpie.core.log.MemoryLog;
import java.util.HashMap;
import java.util.Map;

/// The one log of all nodes of a test; knows who wrote last.
final class AppendingLog extends MemoryLog {
    private final Map<ConversationId, Long> heads = new HashMap<>();
    private final Map<ConversationId, Long> writers = new HashMap<>();

    synchronized Entry append(long writer, ConversationId conversation, long sender, Body body, long now) {
        long seq = heads.merge(conversation, 1L, Long::sum);
        var entry = new Entry(conversation, seq, sender, now, null, body);
        writers.put(conversation, writer);
        put(entry);
        return entry;
    }

    @Override
    public synchronized Changes changedBy(long writer, long mark, int limit) {
        var theirs = changes(mark, Integer.MAX_VALUE).entries().stream()
                .filter(entry -> writers.getOrDefault(entry.conversation(), 0L) == writer)
                .toList();
        return new Changes(theirs.stream().limit(limit).toList(), mark(), theirs.size() > limit);
    }
}
