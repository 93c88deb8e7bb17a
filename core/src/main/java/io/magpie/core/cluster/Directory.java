package io.magpie.core.cluster;

import java.util.Collection;
import java.util.Set;

/// Port: which nodes hold live sessions of which users. Rows carry the node's incarnation; rows of a dead incarnation
/// do not count, and withdrawing one
/// never touches a newer one. When `add` returned, every later `nodesOf` anywhere finds the row (register, then
/// sync).
///
/// **Thread.** May block; any thread but an event loop.
public interface Directory extends AutoCloseable {
    void add(long user, Collection<Long> groups);

    void remove(long user, Collection<Long> groups);

    /// Nodes other than this one.
    Set<String> nodesOf(Collection<Long> users);

    /// Nodes other than this one with online members of the group.
    Set<String> nodesOfGroup(long group);

    @Override
    void close();
}
