package io.magpie.client.copy;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A copy that lives as long as its client.
public final class MemoryCopy implements LocalCopy {
    public static final int DEFAULT_KEEP = 200;

    private final int keep;
    private final Map<ConversationId, Tail> tails = new HashMap<>();
    private final Map<ConversationId, ConversationItem> items = new LinkedHashMap<>();
    private final Map<String, Request> queue = new LinkedHashMap<>();
    private @Nullable Owner owner;
    private long syncedAt;

    public MemoryCopy() {
        this(DEFAULT_KEEP);
    }

    /// @param keep how many of the newest entries of a conversation are surely held; never more than twice as
    ///     many
    public MemoryCopy(int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep: " + keep + " (expected: 1 or more)");
        }
        this.keep = keep;
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.ofNullable(owner);
    }

    @Override
    public void begin(Owner next) {
        if (owner != null && owner.user() != next.user()) {
            queue.clear();
        }
        owner = next;
        syncedAt = 0;
        tails.clear();
        items.clear();
    }

    @Override
    public long syncedAt() {
        return syncedAt;
    }

    @Override
    public void synced(long at) {
        syncedAt = at;
    }

    @Override
    public Collection<ConversationItem> conversations() {
        return List.copyOf(items.values());
    }

    @Override
    public void put(ConversationItem item) {
        items.put(item.conversation(), item);
    }

    @Override
    public Span held(ConversationId conversation) {
        Tail tail = tails.get(conversation);
        return tail == null ? Span.NONE : new Span(true, tail.low(), tail.high());
    }

    @Override
    public void append(ConversationId conversation, List<Entry> entries) {
        for (Entry entry : entries) {
            tails.computeIfAbsent(conversation, _ -> new Tail(keep, entry.seq() - 1))
                    .append(entry);
        }
    }

    @Override
    public void replace(Entry entry) {
        Tail tail = tails.get(entry.conversation());
        if (tail != null) {
            tail.replace(entry);
        }
    }

    @Override
    public void restart(ConversationId conversation, long seq) {
        tails.put(conversation, new Tail(keep, seq));
    }

    /// Lets go of a conversation's entries, as if nothing were known of it.
    void forget(ConversationId conversation) {
        tails.remove(conversation);
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        Tail tail = tails.get(conversation);
        return tail == null || !tail.holds(seq) ? Optional.empty() : Optional.of(tail.at(seq));
    }

    @Override
    public List<Entry> before(ConversationId conversation, long seq, int limit) {
        Tail tail = tails.get(conversation);
        return tail == null ? List.of() : tail.before(seq, limit);
    }

    @Override
    public List<Entry> after(ConversationId conversation, long seq) {
        Tail tail = tails.get(conversation);
        return tail == null ? List.of() : tail.after(seq);
    }

    @Override
    public List<Request> queue() {
        return List.copyOf(queue.values());
    }

    @Override
    public void queued(Request request) {
        String id = request.id();
        if (id == null) {
            throw new IllegalArgumentException("id: null (expected: an id)");
        }
        queue.put(id, request);
    }

    @Override
    public void answered(String id) {
        queue.remove(id);
    }

    @Override
    public void close() {}
}
