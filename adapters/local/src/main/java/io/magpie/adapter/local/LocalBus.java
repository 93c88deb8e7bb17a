package io.magpie.adapter.local;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Incarnation;

/// The bus of a node that is alone: there is nobody to publish to, so nothing is ever lost.
public final class LocalBus implements Bus {
    @Override
    public void publish(String node, byte[] record) {}

    @Override
    public void broadcast(byte[] record) {}

    @Override
    public void subscribe(Listener listener) {}

    @Override
    public void forget(Incarnation dead) {}

    @Override
    public void close() {}
}
