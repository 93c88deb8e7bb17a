package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The logs of all conversations: takes entries from wherever they come, and hands them out in order. What is
/// behind is the [Follower]'s work. On the lane.
final class Logs {
    interface Sink {
        /// Consecutive entries, continuing the log.
        void added(ConversationId conversation, List<Entry> entries);

        /// The entries `from..to` will not come.
        void skipped(ConversationId conversation, long from, long to);

        /// A conversation nobody has told about yet.
        void unknown(ConversationId conversation);
    }

    private final CatchUp catchUp;
    private final LocalCopy copy;
    private final Sink sink;
    private final Map<ConversationId, ConversationLog> logs = new HashMap<>();

    Logs(CatchUp catchUp, LocalCopy copy, Sink sink) {
        this.catchUp = catchUp;
        this.copy = copy;
        this.sink = sink;
    }

    ConversationLog log(ConversationId conversation) {
        ConversationLog existing = logs.get(conversation);
        if (existing != null) {
            return existing;
        }
        ConversationLog log = new ConversationLog(conversation);
        LocalCopy.Span held = copy.held(conversation);
        if (held.known()) {
            log.anchor(held.high());
        }
        logs.put(conversation, log);
        return log;
    }

    /// Those of which more is known to exist than is held.
    List<ConversationLog> behind() {
        return logs.values().stream().filter(ConversationLog::behind).toList();
    }

    void clear() {
        logs.clear();
    }

    /// @return whether a hole is open afterwards
    boolean offer(Entry entry) {
        ConversationLog log = log(entry.conversation());
        if (!log.anchored()) {
            sink.unknown(entry.conversation());
            if (catchUp == CatchUp.RECENT) {
                log.anchor(entry.seq() - 1);
            }
        }
        hand(log, log.offer(entry));
        return log.behind();
    }

    /// What the server's list says of a conversation.
    ///
    /// @return whether something is missing
    boolean listed(ConversationItem item) {
        ConversationLog log = log(item.conversation());
        long last = item.lastSeq();
        Entry newest = item.last();
        if (!log.anchored()) {
            long before = catchUp == CatchUp.ALL ? item.firstSeq() - 1 : newest == null ? last : newest.seq() - 1;
            hand(log, log.anchor(Math.max(0, before)));
        } else if (item.firstSeq() > log.high() + 1 && last >= item.firstSeq()) {
            skipTo(log, item.firstSeq() - 1);
        }
        log.exists(last);
        if (newest != null && newest.seq() == log.high() + 1) {
            hand(log, log.offer(newest));
        }
        return log.behind();
    }

    /// Says that nothing between what is held and `seq` can be had.
    void skipTo(ConversationLog log, long seq) {
        long from = log.high() + 1;
        if (seq < from) {
            return;
        }
        copy.restart(log.id(), seq);
        sink.skipped(log.id(), from, seq);
        hand(log, log.anchor(seq));
    }

    void hand(ConversationLog log, List<Entry> entries) {
        if (!entries.isEmpty()) {
            copy.append(log.id(), entries);
            sink.added(log.id(), entries);
        }
    }
}
