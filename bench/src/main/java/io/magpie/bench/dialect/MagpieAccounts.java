package io.magpie.bench.dialect;

import java.util.List;

/// The bench's own people on a Magpie server. Thread-safe.
public interface MagpieAccounts {
    /// Makes what does not come into being by itself. May block.
    void prepare(int users);

    /// What opens the door to user number `user`.
    String token(int user);

    /// Makes a group. May block.
    ///
    /// @param owner by number
    /// @param members by the server's ids, without the owner
    /// @return the group's id
    long group(int owner, List<Long> members);
}
