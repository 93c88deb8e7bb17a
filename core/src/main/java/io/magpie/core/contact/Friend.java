package io.magpie.core.contact;

/// One direction of a friendship: what `user` calls `friend`.
///
/// @param remark empty if none
public record Friend(long user, long friend, String remark, long since) {}
