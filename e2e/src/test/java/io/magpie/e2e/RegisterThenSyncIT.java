package io.magpie.e2e;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A message is committed around the moment a device logs in: one of push and sync always shows it.
@ExtendWith(SharedNode.class)
class RegisterThenSyncIT {
    private static final int ROUNDS = 10_000;

    private final Node node;

    RegisterThenSyncIT(Node node) {
        this.node = node;
    }

    @Test
    void f12_aMessageCommittedDuringHelloOrSyncIsSeenByPushOrSync() throws Exception {
        new SyncRace(
                        ROUNDS,
                        (_, subject) -> Person.of(node, subject),
                        (_, subject, device) -> Person.at(node, subject, device))
                .run();
    }
}
