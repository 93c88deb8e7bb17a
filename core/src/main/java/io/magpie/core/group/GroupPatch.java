package io.magpie.core.group;

import io.magpie.core.conversation.JoinPolicy;
import org.jspecify.annotations.Nullable;

/// Changes to a group's settings; null leaves as it is.
///
/// @param mutedUntil 0 ends the mute
public record GroupPatch(
        @Nullable String name,
        @Nullable String avatar,
        @Nullable String announcement,
        @Nullable JoinPolicy joinPolicy,
        @Nullable String password,
        @Nullable Boolean historyOpen,
        @Nullable Long mutedUntil) {
    @Override
    public String toString() {
        return "GroupPatch[]";
    }
}
