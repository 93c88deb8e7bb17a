package io.magpie.core.group;

import io.magpie.core.conversation.Role;
import org.jspecify.annotations.Nullable;

/// Changes to one member; null leaves as it is.
///
/// @param mutedUntil the member may not write before then; 0 ends the silence
/// @param nickname the member's name in the group; empty for none
public record MemberPatch(
        @Nullable Role role,
        @Nullable Long mutedUntil,
        @Nullable String nickname) {}
