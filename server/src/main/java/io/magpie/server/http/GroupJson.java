package io.magpie.server.http;

import io.magpie.core.conversation.Member;
import io.magpie.core.group.Group;
import io.magpie.core.group.GroupView;
import org.jspecify.annotations.Nullable;

/// A group as an answer. From `announcement` on, what only members see.
record GroupJson(
        long groupId,
        String conversation,
        String name,
        String avatar,
        String joinPolicy,
        int memberCount,
        @Nullable String announcement,
        @Nullable Boolean historyOpen,
        @Nullable Long mutedUntil,
        @Nullable Long owner,
        @Nullable Long createdAt,
        @Nullable Long dissolvedAt,
        @Nullable String role) {
    static GroupJson of(GroupView view) {
        Group group = view.group();
        Member member = view.member();
        boolean whole = view.whole();
        return new GroupJson(
                group.id(),
                group.conversation().toString(),
                group.name(),
                group.avatar(),
                Fields.wireName(group.joinPolicy()),
                view.memberCount(),
                whole ? group.announcement() : null,
                whole ? group.historyOpen() : null,
                whole ? group.mutedUntil() : null,
                whole ? group.owner() : null,
                whole ? group.createdAt() : null,
                Fields.unlessZero(group.dissolvedAt()),
                member != null && member.current() ? Fields.wireName(member.role()) : null);
    }
}
