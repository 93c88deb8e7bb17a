package io.magpie.core.transcription;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/// Notes the voice messages that this node commits, on their way to delivery. What is noted is bounded; the newest
/// gives way.
public final class VoiceQueue implements AfterCommit {
    private final AfterCommit delivery;
    private final TranscriptionStats stats;
    private final ArrayBlockingQueue<Place> waiting;

    public VoiceQueue(AfterCommit delivery, int capacity, TranscriptionStats stats) {
        this.delivery = delivery;
        this.stats = stats;
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    record Place(ConversationId conversation, long seq) {}

    @Override
    public void committed(List<Entry> entries) {
        entries.forEach(this::note);
        delivery.committed(entries);
    }

    @Override
    public void settled(List<Settled> batch) {
        for (var settled : batch) {
            var entry = settled.entry();
            if (entry != null) {
                note(entry);
            }
        }
        delivery.settled(batch);
    }

    /// Whether it is a voice message as its author sent it, that nobody has written down.
    static boolean unwritten(Entry entry) {
        return entry.body() instanceof Body.Message message
                && message.edited() == 0
                && message.content() instanceof Content.Voice voice
                && voice.transcript() == null;
    }

    void note(Entry entry) {
        if (unwritten(entry) && !waiting.offer(new Place(entry.conversation(), entry.seq()))) {
            stats.dropped.increment();
        }
        stats.waiting(waiting.size());
    }

    Place take() throws InterruptedException {
        var place = waiting.take();
        stats.waiting(waiting.size());
        return place;
    }
}
