package io.magpie.core.group;

/// What somebody may want to do in a group.
public enum GroupAction {
    /// See settings and members; everybody sees name, picture, policy and size.
    SEE,
    /// Come in by oneself, at once or with the password.
    JOIN,
    /// Ask to be let in.
    ASK_TO_JOIN,
    ANSWER_REQUESTS,
    ADD,
    LEAVE,
    /// Change name, picture, announcement, policy, password, open history, mute all.
    EDIT,
    /// These three only with members of a lower role.
    REMOVE,
    SILENCE,
    RENAME,
    CHANGE_ROLES,
    HAND_OVER,
    DISSOLVE
}
