package io.magpie.core.cluster;

import java.util.Optional;

/// Where each user belongs, for those who place users by a rule instead of by load. Any thread; never blocks.
public interface Homes {
    /// Of nodes that are placed by load.
    Homes ANYWHERE = _ -> Optional.empty();

    /// The node whose sessions the user's are to be; empty if any will do.
    Optional<Node> of(long user);
}
