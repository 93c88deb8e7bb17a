package io.magpie.e2e;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Person;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// Proofs that share the nodes of [ThreeNodesIT].
interface OnThreeNodes {
    /// The nodes, as a resource of tests: who hurts them has them alone.
    String NODES = "nodes";

    Fleet fleet();

    default FleetNode node(int number) {
        return fleet().nodes().get(number);
    }

    static void until(String what, BooleanSupplier holds) throws InterruptedException {
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(what + " did not come");
            }
            Thread.sleep(50);
        }
    }
}
