package io.magpie.core.contact;

/// What decides whether `user` may write to `peer`, as one read.
///
/// @param exists whether there is an account `peer`
/// @param friends whether they are friends
/// @param blocks whether `user` blocks `peer`
/// @param blocked whether `peer` blocks `user`
/// @param access of their direct conversation, see [io.magpie.core.log.Draft#access]; 0 while there is
///     none
public record Relation(boolean exists, boolean friends, boolean blocks, boolean blocked, long access) {}
