package io.magpie.core.message;

import io.magpie.core.outcome.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What became of sends since the start. Any thread.
public final class MessageStats {
    final LongAdder sent = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    private final Map<ErrorCode, LongAdder> rejected = new EnumMap<>(ErrorCode.class);

    public MessageStats() {
        for (ErrorCode code : ErrorCode.values()) {
            rejected.put(code, new LongAdder());
        }
    }

    void rejected(ErrorCode code) {
        of(code).increment();
    }

    /// New messages acknowledged.
    public long sent() {
        return sent.sum();
    }

    /// Repeats answered with the first one's seq.
    public long duplicates() {
        return duplicates.sum();
    }

    public long rejections(ErrorCode code) {
        return of(code).sum();
    }

    private LongAdder of(ErrorCode code) {
        return rejected.getOrDefault(code, new LongAdder());
    }
}
