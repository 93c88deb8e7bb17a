package io.magpie.core.cluster;

/// Takes facts for other nodes. Any thread; returns at once and never throws. Facts of one conversation,
/// offered one after the other, leave in that order.
public interface Relay {
    /// Of a node that is alone for good.
    Relay NONE = new Relay() {
        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public void offer(Recipient to, Fact fact) {}
    };

    /// True if there will never be another node: nothing needs to be offered.
    boolean alone();

    void offer(Recipient to, Fact fact);
}
