package io.magpie.core.contact;

/// A question to become friends.
///
/// @param remark what the asker will call the other one once accepted; only the asker sees it
/// @param answeredAt 0 while pending
public record FriendRequest(
        long id, long from, long to, String message, String remark, State state, long createdAt, long answeredAt) {
    public enum State {
        PENDING,
        ACCEPTED,
        DECLINED
    }
}
