package io.magpie.core.cluster;

/// Port: carries records between nodes. A record is a hint, never the truth: what is lost costs latency, the
/// reconciler repairs it.
///
/// **Order.** Records of one publisher to one node arrive in the order they were published. **Loss.** Records
/// published while a node is subscribed arrive, or the
/// node's [Listener#gap] is called. **Thread.** `publish` and `broadcast` do not block and do not throw; what could
/// not be handed over is reported to the publisher's own
/// listener by [Listener#failed]. The listener is called on the bus's own thread, one call at a time.
public interface Bus extends AutoCloseable {
    /// To one node. To a node that does not live: dropped.
    void publish(String node, byte[] record);

    /// To every other node.
    void broadcast(byte[] record);

    /// Starts delivery to this node. Called once.
    void subscribe(Listener listener);

    @Override
    void close();

    interface Listener {
        void received(byte[] record);

        /// Records to this node may have been lost.
        void gap();

        /// This node could not hand over a record.
        void failed(byte[] record);
    }
}
