package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A log for tests of what stands in front of one: entries put there are committed. Tests of appending override
/// `append`.
public class MemoryLog implements EntryLog {
    private final List<Entry> entries = new ArrayList<>();

    public synchronized void put(Entry entry) {
        entries.add(entry);
    }

    @Override
    public List<AppendResult> append(List<Draft> batch, long now) {
        throw new IllegalStateException("this test does not append");
    }

    @Override
    public synchronized List<Entry> ascending(ConversationId conversation, long from, long to, int limit) {
        return entries.stream()
                .filter(e -> e.conversation().equals(conversation) && e.seq() >= from && e.seq() <= to)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Entry> latest(ConversationId conversation, long from, long to, int limit) {
        return ascending(conversation, from, to, limit);
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        return ascending(conversation, seq, seq, 1).stream().findFirst();
    }

    @Override
    public Map<ConversationId, Entry> entries(Map<ConversationId, Long> places) {
        return Map.of();
    }

    @Override
    public Map<ConversationId, Head> heads(Collection<ConversationId> conversations) {
        return Map.of();
    }

    @Override
    public List<Listed> changed(long user, long since, @Nullable ConversationId after, int limit) {
        return List.of();
    }

    @Override
    public Map<ConversationId, Unread> unread(Collection<UnreadQuery> queries) {
        return Map.of();
    }

    @Override
    public synchronized long mark() {
        return entries.size();
    }

    @Override
    public synchronized Changes changes(long mark, int limit) {
        var after = entries.subList((int) mark, entries.size());
        return new Changes(List.copyOf(after), entries.size(), after.size() > limit);
    }

    @Override
    public Changes changedBy(long writer, long mark, int limit) {
        return changes(mark, limit);
    }
}
