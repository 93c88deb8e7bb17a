package io.magpie.core.upkeep;

/// Work that is never done: each call does one small, bounded piece of it. One thread; blocks.
public interface Chore {
    /// Words for the log: what is being done.
    String name();

    /// Does the next piece.
    ///
    /// @return how many milliseconds to wait before the one after it
    /// @throws io.magpie.core.store.StoreUnavailableException if the store cannot do it now; it is tried again
    long next();
}
