package io.magpie.core.journal;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Entry;
import org.jspecify.annotations.Nullable;

/// A posting and what became of it.
public record Settled(Posting posting, AppendResult result) {
    /// The entry that came into being; null for a repeat or a refusal.
    public @Nullable Entry entry() {
        return switch (result) {
            case AppendResult.Stored(long seq, long sentAt, boolean duplicate)
            when !duplicate -> {
                var draft = posting.draft();
                yield new Entry(draft.conversation(), seq, draft.sender(), sentAt, draft.clientId(), draft.body());
            }
            case AppendResult.Stored _, AppendResult.Stale _, AppendResult.Refused _ -> null;
        };
    }
}
