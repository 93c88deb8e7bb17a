package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A listener that remembers, and insists on the order it was promised.
final class Recorder implements Consumer<ClientEvent> {
    final List<ClientEvent> events = new ArrayList<>();
    final Map<ConversationId, List<Entry>> entries = new HashMap<>();
    private final Map<ConversationId, Long> high = new HashMap<>();

    @Override
    public void accept(ClientEvent event) {
        events.add(event);
        switch (event) {
            case ClientEvent.EntryAdded(Entry entry) -> added(entry);
            case ClientEvent.EntriesSkipped(ConversationId conversation, long from, long to) -> {
                assertThat(from).isEqualTo(high.getOrDefault(conversation, 0L) + 1);
                high.put(conversation, to);
            }
            case ClientEvent.HistoryReset _ -> {
                high.clear();
                entries.clear();
            }
            default -> {}
        }
    }

    private void added(Entry entry) {
        Long before = high.put(entry.conversation(), entry.seq());
        if (before != null) {
            assertThat(entry.seq()).as("next of %s", entry.conversation()).isEqualTo(before + 1);
        }
        entries.computeIfAbsent(entry.conversation(), _ -> new ArrayList<>()).add(entry);
    }

    List<Long> seqs(ConversationId conversation) {
        return entries.getOrDefault(conversation, List.of()).stream()
                .map(Entry::seq)
                .toList();
    }

    <E extends ClientEvent> List<E> all(Class<E> type) {
        return Stream.of(events.toArray())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <E extends ClientEvent> E last(Class<E> type) {
        return all(type).getLast();
    }

    ConnectionState state() {
        return last(ClientEvent.ConnectionChanged.class).state();
    }
}
