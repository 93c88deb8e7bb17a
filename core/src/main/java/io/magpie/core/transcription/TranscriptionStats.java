package io.magpie.core.transcription;

import java.util.concurrent.atomic.LongAdder;

/// What became of voice messages since the start. Any thread.
public final class TranscriptionStats {
    final LongAdder written = new LongAdder();
    final LongAdder silent = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder givenUp = new LongAdder();
    final LongAdder overtaken = new LongAdder();
    final LongAdder dropped = new LongAdder();
    private volatile long waiting;

    /// Transcripts added to their messages.
    public long written() {
        return written.sum();
    }

    /// Recordings in which nothing was said.
    public long silent() {
        return silent.sum();
    }

    /// Requests that failed and were repeated.
    public long failures() {
        return failures.sum();
    }

    /// Recordings, or transcripts, that were refused.
    public long refused() {
        return refused.sum();
    }

    /// Recordings given up after too many failures.
    public long givenUp() {
        return givenUp.sum();
    }

    /// Messages recalled, edited or deleted before the transcript came.
    public long overtaken() {
        return overtaken.sum();
    }

    /// Messages not written down because too many waited.
    public long dropped() {
        return dropped.sum();
    }

    /// Messages that wait.
    public long waiting() {
        return waiting;
    }

    void waiting(long messages) {
        waiting = messages;
    }
}
