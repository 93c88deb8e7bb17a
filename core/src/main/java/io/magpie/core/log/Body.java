package io.magpie.core.log;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened in a conversation: the body of an entry. An absent optional number is 0, an absent optional text is
/// null.
public sealed interface Body {
    /// A message as it stands now.
    ///
    /// @param content null once recalled
    /// @param replyTo seq of the message answered
    /// @param edited seq of the edit whose content is served
    /// @param recalled seq of the recall
    record Message(@Nullable Content content, long replyTo, Mentions mentions, long edited, long recalled)
            implements Body {
        public Message(Content content, long replyTo, Mentions mentions) {
            this(content, replyTo, mentions, 0, 0);
        }
    }

    record Recall(long target) implements Body {}

    /// @param content null once a later edit or a recall superseded this one
    record Edit(long target, @Nullable Content content) implements Body {}

    record Reaction(long target, String emoji, boolean active) implements Body {}

    /// Somebody came, went, or changed standing.
    ///
    /// @param role the new role, for `ROLE` only
    /// @param until end of the silence, for `MUTED` only
    /// @param nickname what the member is called in this group, empty for nothing of its own; for `NICKNAME` only
    record MembersChanged(
            MemberChange change,
            List<Long> users,
            @Nullable Role role,
            long until,
            @Nullable String nickname) implements Body {
        public MembersChanged(MemberChange change, List<Long> users, @Nullable Role role, long until) {
            this(change, users, role, until, null);
        }

        public MembersChanged(MemberChange change, List<Long> users) {
            this(change, users, null, 0);
        }
    }

    /// A change of a group's own settings; only what changed is present.
    ///
    /// @param mutedUntil everybody but admins is silenced until then, 0 when that ended; null if unchanged
    record GroupChanged(
            GroupChange change,
            @Nullable String name,
            @Nullable String avatar,
            @Nullable String announcement,
            @Nullable JoinPolicy joinPolicy,
            @Nullable Boolean historyOpen,
            @Nullable Long mutedUntil,
            @Nullable Long owner)
            implements Body {}

    /// Something for one user only.
    ///
    /// @param user who caused it
    /// @param request id of the friend request
    /// @param text what that person wrote along
    record Notice(
            NoticeEvent event,
            long user,
            long group,
            long request,
            @Nullable String text) implements Body {}

    enum MemberChange {
        JOINED,
        LEFT,
        REMOVED,
        ROLE,
        MUTED,
        UNMUTED,
        NICKNAME
    }

    enum GroupChange {
        CREATED,
        RENAMED,
        AVATAR,
        ANNOUNCEMENT,
        SETTINGS,
        OWNER,
        DISSOLVED
    }

    enum NoticeEvent {
        FRIEND_REQUEST,
        FRIEND_ACCEPTED,
        FRIEND_DECLINED,
        FRIEND_REMOVED,
        INVITED,
        REMOVED,
        DISSOLVED,
        JOIN_REQUEST,
        JOIN_ACCEPTED,
        JOIN_DECLINED
    }
}
