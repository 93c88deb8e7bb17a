package io.magpie.client.http;

import io.magpie.core.conversation.ConversationId;

/// What the HTTP API answers, as records.
public final class Answers {
    private Answers() {}

    /// Done, and nothing more to say.
    public record Empty() {}

    public record LoggedIn(String token, long userId, long expiresAt) {}

    /// @param username empty where the server does not say
    public record Profile(long userId, String username, String nickname) {
        /// What people call this user.
        public String name() {
            return nickname.isEmpty() ? username : nickname;
        }
    }

    /// @param remark what the caller calls the friend, empty if nothing
    public record Friend(long user, String username, String nickname, String remark) {}

    /// @param incoming whether it waits for the caller's answer
    public record FriendRequest(long id, long from, long to, String message, String state, boolean incoming) {}

    /// @param name what this person is called everywhere
    /// @param nickname what this person is called in the group, empty if nothing else
    public record GroupMember(long user, String name, String nickname, String role) {}

    public record Group(long groupId, String name, long owner, int members) {
        public ConversationId conversation() {
            return ConversationId.group(groupId);
        }
    }

    public record DeviceLogin(long id, String device, String platform, String name, boolean current, long lastSeenAt) {}
}
