package io.magpie.core.conversation;

/// How people come into a group. Owner and admins may always add people.
public enum JoinPolicy {
    /// Anybody joins; every member may invite.
    OPEN,
    /// Anybody asks, owner or an admin accepts.
    APPROVAL,
    /// Every member may invite; nobody joins by himself.
    INVITE,
    /// Only owner and admins add people.
    OWNER,
    /// Whoever knows the password joins.
    PASSWORD
}
