package io.magpie.bench.verify.run;

import io.magpie.cluster.FleetNode;
import java.net.URI;

/// A node as devices find it.
record Place(String node, URI http, URI webSocket) {
    static Place of(FleetNode node) {
        return new Place(node.id(), node.http(), node.webSocket());
    }
}
