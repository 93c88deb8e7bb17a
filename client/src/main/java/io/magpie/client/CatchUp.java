package io.magpie.client;

/// What a client fetches unasked of what it missed.
public enum CatchUp {
    /// Every entry of every conversation, the oldest first: for those who check or copy.
    ALL,

    /// What was missed in conversations of which something is held, unless it is more than
    /// [ClientSettings#recent]: then only the newest of it. Everything else when [MagpieClient#history] asks.
    RECENT
}
