package io.magpie.adapter.local;

import io.magpie.core.cluster.Directory;
import java.util.Collection;
import java.util.Set;

/// The directory of a node that is alone: no other node holds anybody.
public final class LocalDirectory implements Directory {
    @Override
    public void add(long user, Collection<Long> groups) {}

    @Override
    public void remove(long user, Collection<Long> groups) {}

    @Override
    public Set<String> nodesOf(Collection<Long> users) {
        return Set.of();
    }

    @Override
    public Set<String> nodesOfGroup(long group) {
        return Set.of();
    }

    @Override
    public void close() {}
}
