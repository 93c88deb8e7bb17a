package io.magpie.core.group;

/// What the operator decided about groups.
///
/// @param friendsOnly whether only friends may be added: where strangers may not write to each other, they may not
///     pull each other into groups either
public record GroupSettings(int maxMembers, boolean friendsOnly) {}
