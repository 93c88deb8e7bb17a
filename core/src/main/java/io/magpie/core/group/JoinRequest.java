package io.magpie.core.group;

/// Somebody asks to join a group with [JoinPolicy#APPROVAL].
public record JoinRequest(long group, long user, String message, long createdAt) {}
