package io.magpie.core.log;

import io.magpie.core.outcome.Rejection;

/// What became of one draft of a batch.
public sealed interface AppendResult {
    /// @param duplicate true if this clientId was stored before: `seq` and `sentAt` are those of the first one
    record Stored(long seq, long sentAt, boolean duplicate) implements AppendResult {}

    /// Permission must be checked again, see [Draft#access].
    record Stale() implements AppendResult {}

    record Refused(Rejection rejection) implements AppendResult {}
}
