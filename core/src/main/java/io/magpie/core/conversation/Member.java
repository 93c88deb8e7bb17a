package io.magpie.core.conversation;

/// A user's place in a conversation of any kind.
///
/// @param visibleFrom first seq the user may see
/// @param visibleTo last seq the user may see, inclusive; 0 while a member, so without end
/// @param readSeq everything up to here is read
/// @param deliveredSeq some device of the user holds everything up to here
/// @param silencedUntil may not write before this time; 0 is not silenced
/// @param nickname the user's name in this group, empty if none
/// @param muted notifications are off for this user (says nothing about writing)
/// @param hiddenSeq hidden from the list until something after this seq happens; 0 is not hidden
/// @param updatedAt last change of this row
public record Member(
        ConversationId conversation,
        long user,
        State state,
        Role role,
        long visibleFrom,
        long visibleTo,
        long readSeq,
        long deliveredSeq,
        long silencedUntil,
        String nickname,
        boolean muted,
        boolean pinned,
        long hiddenSeq,
        long joinedAt,
        long updatedAt) {
    public enum State {
        MEMBER,
        LEFT,
        REMOVED,
        DISSOLVED
    }

    public boolean current() {
        return state == State.MEMBER;
    }

    /// The last seq visible to this user in a conversation whose newest entry is `lastSeq`.
    public long lastVisible(long lastSeq) {
        return visibleTo == 0 ? lastSeq : Math.min(lastSeq, visibleTo);
    }

    public boolean sees(long seq) {
        return seq >= visibleFrom && (visibleTo == 0 || seq <= visibleTo);
    }
}
