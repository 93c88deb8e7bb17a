package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Copy;
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pushes go on while a device fetches what it missed.
@ExtendWith(SharedNode.class)
class SyncAndPushIT {
    private static final int GROUPS = 4;
    private static final int BACKLOG = 700;
    private static final int DEVICES = 60;
    private static final int AT_ONCE = 6;

    private final Node node;

    SyncAndPushIT(Node node) {
        this.node = node;
    }

    @Test
    void f6_aDeviceThatLogsInWhileOthersWriteMissesNothing() throws Exception {
        try (var writer = Person.of(node, "f6-writer");
                var absent = Person.of(node, "f6-reader");
                var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("device-", 0).factory())) {
            List<String> conversations = new ArrayList<>(List.of(Conversations.direct(writer, absent)));
            for (int i = 0; i < GROUPS; i++) {
                conversations.add(Group.of(node, "f6-writer", absent).conversation());
            }
            absent.goOffline();
            for (int i = 0; i < BACKLOG; i++) {
                writer.say(conversations.get(i % conversations.size()), "Backlog " + i);
            }
            var stop = new AtomicBoolean();
            var lastSeqs = conversations.stream().map(_ -> new AtomicLong()).toList();
            var writing = threads.submit(() -> {
                for (int i = 0; !stop.get(); i = (i + 1) % conversations.size()) {
                    lastSeqs.get(i).set(writer.say(conversations.get(i), "Live"));
                }
                return null;
            });
            List<Copy> copies = new ArrayList<>();
            for (int wave = 0; wave < DEVICES / AT_ONCE; wave++) {
                List<Future<Copy>> logins = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    logins.add(threads.submit(login(wave * AT_ONCE + i)));
                }
                for (var login : logins) {
                    copies.add(login.get());
                }
            }
            stop.set(true);
            writing.get();

            for (int i = 0; i < conversations.size(); i++) {
                String conversation = conversations.get(i);
                var truth = writer.history(conversation, 0);
                assertThat(truth).hasSizeGreaterThan(BACKLOG / conversations.size());
                for (Copy copy : copies) {
                    assertThat(copy.awaitHeld(conversation, lastSeqs.get(i).get()))
                            .isEqualTo(truth);
                }
            }
            copies.forEach(Copy::close);
        }
    }

    private Callable<Copy> login(int device) {
        return () -> {
            var copy = Copy.connected(node, "f6-reader", "device " + device);
            copy.catchUp();
            return copy;
        };
    }
}
