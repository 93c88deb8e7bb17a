package io.magpie.core.group;

import io.magpie.core.conversation.Member;
import org.jspecify.annotations.Nullable;

/// A group as somebody sees it.
///
/// @param whole false if only name, picture, policy and size are for that viewer
/// @param member the viewer's place, whether current or past; null if it never had one
public record GroupView(
        Group group,
        int memberCount,
        boolean whole,
        @Nullable Member member) {}
