package io.magpie.core.group;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.log.Body;
import org.jspecify.annotations.Nullable;

/// The entries by which members hear of changes to the group itself.
final class GroupEntries {
    private GroupEntries() {}

    static Body created(Group group) {
        return new Body.GroupChanged(
                Body.GroupChange.CREATED,
                group.name(),
                group.avatar().isEmpty() ? null : group.avatar(),
                null,
                group.joinPolicy(),
                group.historyOpen(),
                null,
                group.owner());
    }

    static Body renamed(String name) {
        return new Body.GroupChanged(Body.GroupChange.RENAMED, name, null, null, null, null, null, null);
    }

    static Body avatar(String avatar) {
        return new Body.GroupChanged(Body.GroupChange.AVATAR, null, avatar, null, null, null, null, null);
    }

    static Body announcement(String text) {
        return new Body.GroupChanged(Body.GroupChange.ANNOUNCEMENT, null, null, text, null, null, null, null);
    }

    static Body settings(@Nullable JoinPolicy policy, @Nullable Boolean historyOpen, @Nullable Long mutedUntil) {
        return new Body.GroupChanged(
                Body.GroupChange.SETTINGS, null, null, null, policy, historyOpen, mutedUntil, null);
    }

    static Body owner(long owner) {
        return new Body.GroupChanged(Body.GroupChange.OWNER, null, null, null, null, null, null, owner);
    }

    static Body dissolved() {
        return new Body.GroupChanged(Body.GroupChange.DISSOLVED, null, null, null, null, null, null, null);
    }
}
