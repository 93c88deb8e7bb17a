package io.magpie.core.group;

import io.magpie.core.conversation.Member;
import org.jspecify.annotations.Nullable;

/// What decides what a user may do in a group, as one consistent read.
///
/// @param member the user's place, null if it never had one
/// @param access see [io.magpie.core.log.Draft#access]
public record Standing(Group group, @Nullable Member member, long access) {}
