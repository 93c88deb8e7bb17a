package io.magpie.core.transcription;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.EntryTap;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.concurrent.ArrayBlockingQueue;

/// Notes the voice messages that this node commits, on their way to delivery. What is noted is bounded; the newest
/// gives way.
public final class VoiceQueue extends EntryTap {
    private final TranscriptionStats stats;
    private final ArrayBlockingQueue<Place> waiting;

    public VoiceQueue(AfterCommit delivery, int capacity, TranscriptionStats stats) {
        super(delivery);
        this.stats = stats;
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    record Place(ConversationId conversation, long seq) {}

    /// Whether it is a voice message as its author sent it, that nobody has written down.
    static boolean unwritten(Entry entry) {
        return entry.body() instanceof Body.Message message
                && message.edited() == 0
                && message.content() instanceof Content.Voice voice
                && voice.transcript() == null;
    }

    @Override
    protected void note(Entry entry) {
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
