package io.magpie.core.session;

/// How much a push matters to a slow reader: what is lighter is dropped first.
public enum Weight {
    /// Typing, presence: forgotten when dropped.
    EPHEMERAL,
    /// Entries and cursors of groups: told by `lagging` when dropped.
    GROUP,
    /// Entries and cursors of direct conversations and notices, and high-priority messages: as `GROUP`, dropped last.
    DIRECT
}
