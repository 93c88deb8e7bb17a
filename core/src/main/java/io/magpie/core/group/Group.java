package io.magpie.core.group;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import org.jspecify.annotations.Nullable;

/// A group's own settings.
///
/// @param passwordHash for [JoinPolicy#PASSWORD] only
/// @param historyOpen whether members see what was before they joined
/// @param mutedUntil everybody but owner and admins is silenced until then; 0 is not silenced
/// @param dissolvedAt 0 while it lives
public record Group(
        long id,
        String name,
        String avatar,
        String announcement,
        JoinPolicy joinPolicy,
        @Nullable String passwordHash,
        boolean historyOpen,
        long mutedUntil,
        long owner,
        long createdAt,
        long dissolvedAt) {
    public ConversationId conversation() {
        return ConversationId.group(id);
    }

    public boolean dissolved() {
        return dissolvedAt != 0;
    }

    Group ownedBy(long newOwner) {
        return new Group(
                id,
                name,
                avatar,
                announcement,
                joinPolicy,
                passwordHash,
                historyOpen,
                mutedUntil,
                newOwner,
                createdAt,
                dissolvedAt);
    }

    Group dissolved(long at) {
        return new Group(
                id,
                name,
                avatar,
                announcement,
                joinPolicy,
                passwordHash,
                historyOpen,
                mutedUntil,
                owner,
                createdAt,
                at);
    }
}
