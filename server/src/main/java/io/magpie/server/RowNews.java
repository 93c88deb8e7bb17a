package io.magpie.server;

import io.magpie.core.cluster.DirectoryRows;
import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.node.Doubts;
import java.util.Collection;
import org.springframework.beans.factory.ObjectProvider;

/// What follows from changes of this node's rows. Who looks for what was missed is made after the rows.
record RowNews(Relay relay, ObjectProvider<Reconciler> reconciler, ObjectProvider<Doubts> doubts)
        implements DirectoryRows.Listener {
    @Override
    public void groupsFound(Collection<Long> groups) {
        reconciler.getObject().reachable(groups);
    }

    /// Others did not find this node, so it may have missed something; and whoever took it for dead asks again.
    @Override
    public void rowsLost() {
        doubts.getObject().ofEverything();
        relay.offer(new Recipient.EveryNode(), new Fact.AllSuspect());
    }
}
