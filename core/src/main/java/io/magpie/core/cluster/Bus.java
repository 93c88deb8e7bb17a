package io.magpie.core.cluster;

/// Port: carries records between nodes. A record is a hint, never the truth: what is lost costs latency, the
/// reconciler repairs it.
///
/// **Order.** Records of one publisher to one node arrive in the order they were published, whichever method
/// published them. **Loss.** Records published while a node is subscribed arrive, or the node's [Listener#gap]
/// is called, within 10 s once the engine works. What is published before a node subscribed need not arrive,
/// and records may be dropped once they are a minute old. **Size.** Up to 512 KiB. **Thread.** `publish` and
/// `broadcast` are called by one thread at a time, may wait for the engine for a second at most and do not
/// throw; what could not be handed over is reported to the publisher's own listener by [Listener#failed].
/// `forget` may block.
public interface Bus extends AutoCloseable {
    /// To one node, whichever incarnation of it is subscribed. To a node that does not live: dropped.
    void publish(String node, byte[] record);

    /// To every other node.
    void broadcast(byte[] record);

    /// Starts delivery to this node: what is published after this returned arrives. Called once, before
    /// anything is published.
    void subscribe(Listener listener);

    /// Removes from the engine what is kept for a node that died, unless a later incarnation of it lives. Every
    /// survivor may call it, at the same time and repeatedly.
    void forget(Incarnation dead);

    @Override
    void close();

    interface Listener {
        /// On the bus's own thread, one call at a time with [#gap].
        void received(byte[] record);

        /// Records to this node may have been lost.
        void gap();

        /// This node could not hand over a record. Any thread; returns at once.
        void failed(byte[] record);
    }
}
