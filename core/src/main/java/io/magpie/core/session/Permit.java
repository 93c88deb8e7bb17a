package io.magpie.core.session;

/// A session's permission to write to one conversation, as last looked up. It may be kept for any time: the commit
/// refuses it as stale once `access` has moved on, see [io.magpie.core.log.Draft#access].
///
/// @param silencedUntil may not write before then; 0 if not silenced
/// @param lookedUpAt milliseconds since the epoch
public record Permit(long access, long silencedUntil, long lookedUpAt) {}
