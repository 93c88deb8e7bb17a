package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Many write into one conversation at the same time; everybody sees one order.
@ExtendWith(SharedNode.class)
class OneOrderIT {
    private static final int WRITERS = 10;
    private static final int READERS = 10;
    private static final int MESSAGES = 200;

    private final Node node;

    OneOrderIT(Node node) {
        this.node = node;
    }

    @Test
    void f5_everySessionSeesTheSeqsOfConcurrentSendersOneAfterTheOther() throws Exception {
        List<Ear> ears = new ArrayList<>();
        List<Long> members = new ArrayList<>();
        for (int user = 0; user < WRITERS + READERS; user++) {
            String subject = "f5-" + user;
            var ear = new Ear(subject, "phone");
            ears.add(ear);
            members.add(ear.person.id());
            if (user < WRITERS) {
                // A second device writes as well; the first one hears what it says.
                ears.add(new Ear(subject, "desk"));
            }
        }
        var group = Group.of(node, "f5-0", members);
        long before = ears.getFirst()
                .person
                .item(group.conversation())
                .path("lastSeq")
                .asLong();
        long last = before + 2L * WRITERS * MESSAGES;
        ears.forEach(ear -> ear.follow(group.conversation(), before, last));

        List<Thread> writers = new ArrayList<>();
        for (Ear ear : ears) {
            if (ear.writes()) {
                writers.add(Thread.ofVirtual().name("writer").start(() -> ear.write(group.conversation())));
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }

        var expected = LongStream.rangeClosed(before + 1, last).boxed().toList();
        for (Ear ear : ears) {
            assertThat(ear.heard()).as(ear.subject).isEqualTo(expected);
            ear.person.close();
        }
    }

    /// One session, and the seqs in the order in which it was told of them: by `sent` if it wrote, by `entry` else.
    private final class Ear {
        private final String subject;
        private final String device;
        private final Person person;
        private final ConcurrentLinkedQueue<JsonNode> frames = new ConcurrentLinkedQueue<>();
        private final CountDownLatch complete = new CountDownLatch(1);
        private volatile String conversation = "";
        private volatile long before;
        private volatile long last = Long.MAX_VALUE;

        Ear(String subject, String device) throws IOException {
            this.subject = subject;
            this.device = device;
            this.person = Person.connected(node.realtime(), node.token(subject), device, this::hear);
        }

        boolean writes() {
            return Integer.parseInt(subject.substring("f5-".length())) < WRITERS;
        }

        private void hear(JsonNode frame) {
            String type = frame.path("type").asString("");
            if (type.equals("entry") || type.equals("sent")) {
                frames.add(frame);
                if (frame.path("conversation").asString("").equals(conversation)
                        && frame.path("seq").asLong() >= last) {
                    complete.countDown();
                }
            }
        }

        void follow(String followed, long lastBefore, long lastAfter) {
            before = lastBefore;
            last = lastAfter;
            conversation = followed;
        }

        void write(String to) {
            List<CompletableFuture<JsonNode>> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                sent.add(person.starting(to, device + i, subject + " says " + i));
            }
            sent.forEach(reply -> Person.seq(Person.reply(reply)));
        }

        List<Long> heard() throws InterruptedException {
            assertThat(complete.await(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s hears of %d", subject, last)
                    .isTrue();
            return frames.stream()
                    .filter(frame -> frame.path("conversation").asString("").equals(conversation))
                    .map(frame -> frame.path("seq").asLong())
                    .filter(seq -> seq > before)
                    .toList();
        }
    }
}
