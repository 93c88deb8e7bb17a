package io.magpie.core.account;

import org.jspecify.annotations.Nullable;

/// A person or a bot.
///
/// @param id assigned by the store, from 1 upwards
/// @param username unique without regard to case; null for accounts of the operator's own identity provider
/// @param external the `sub` of that provider's tokens; null for accounts registered here
/// @param avatar a URL or the id of an uploaded file; empty if none
/// @param lastSeenAt when the last live session ended; 0 if never
public record Account(
        long id,
        @Nullable String username,
        @Nullable String external,
        String nickname,
        String avatar,
        String bio,
        long createdAt,
        long lastSeenAt) {}
