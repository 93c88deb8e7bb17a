package io.magpie.core.conversation;

/// A member's role in a group; everybody in a direct conversation is a `MEMBER`.
public enum Role {
    MEMBER,
    ADMIN,
    OWNER;

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
