package io.magpie.adapter.local;

import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Incarnation;
import java.util.Collection;
import java.util.Set;

/// The directory of a node that is alone: no other node holds anybody.
public final class LocalDirectory implements Directory {
    @Override
    public void add(Collection<Long> users, Collection<Long> groups) {}

    @Override
    public void remove(Collection<Long> users, Collection<Long> groups) {}

    @Override
    public Found find(Collection<Long> users, Collection<Long> groups) {
        return Found.NOBODY;
    }

    @Override
    public boolean intact() {
        return true;
    }

    @Override
    public Set<Incarnation> holders() {
        return Set.of();
    }

    @Override
    public Set<Long> forget(Incarnation dead) {
        return Set.of();
    }

    @Override
    public void close() {}
}
