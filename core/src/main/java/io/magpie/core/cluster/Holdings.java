package io.magpie.core.cluster;

import java.time.Duration;

/// Whom this node holds, as other nodes are to know it. Any thread. Only [#settle] waits.
public interface Holdings {
    /// Of a node that is alone for good.
    Holdings NONE = new Holdings() {
        @Override
        public void holdUser(long user) {}

        @Override
        public void releaseUser(long user) {}

        @Override
        public void holdGroup(long group) {}

        @Override
        public void releaseGroup(long group) {}

        @Override
        public boolean settle(Duration within) {
            return true;
        }
    };

    /// The user has sessions here, or is about to.
    void holdUser(long user);

    void releaseUser(long user);

    /// The group has online members here.
    void holdGroup(long group);

    void releaseGroup(long group);

    /// Waits until every node finds what this one was said to hold before the call. False if the directory
    /// does not answer in time: it is told as soon as it does.
    boolean settle(Duration within);
}
