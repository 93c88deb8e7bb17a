package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The first message ever between two people.
@ExtendWith(SharedNode.class)
class FirstContactIT {
    private final Node node;

    FirstContactIT(Node node) {
        this.node = node;
    }

    @Test
    void f23_whatAStrangerWroteWhileTheReceiverWasOfflineIsInItsNextSync() throws Exception {
        long absent;
        long syncedAt;
        try (var receiver = Person.of(node, "f23-absent")) {
            absent = receiver.id();
            syncedAt = receiver.done("sync", "since", 0).path("syncedAt").asLong();
        }
        try (var stranger = Person.of(node, "f23-stranger")) {
            String conversation = Conversations.direct(stranger.id(), absent);
            long seq = stranger.say(conversation, "We have not met");

            try (var receiver = Person.of(node, "f23-absent")) {
                var item = Person.in(receiver.synced(syncedAt), conversation);

                assertThat(seq).isEqualTo(1);
                assertThat(item.path("unread").asInt()).isEqualTo(1);
                assertThat(item.path("firstSeq").asLong()).isEqualTo(1);
                assertThat(item.path("lastSeq").asLong()).isEqualTo(1);
                assertThat(item.path("last")
                                .path("body")
                                .path("content")
                                .path("text")
                                .asString())
                        .isEqualTo("We have not met");
                assertThat(receiver.item(conversation)).isEqualTo(item);
                assertThat(receiver.history(conversation, 0)).hasSize(1);

                stranger.say(conversation, "Are you there?");
                assertThat(receiver.awaitEntry(conversation, 2).path("sender").asLong())
                        .isEqualTo(stranger.id());
            }
        }
    }

    @Test
    void f23_bothWritingFirstAtTheSameTimeShareOneConversation() throws Exception {
        try (var one = Person.of(node, "f23-one");
                var other = Person.of(node, "f23-other")) {
            String conversation = Conversations.direct(one, other);
            var first = one.starting(conversation, "same", "Hello");
            var second = other.starting(conversation, "same", "Hello too");

            assertThat(new long[] {Person.seq(Person.reply(first)), Person.seq(Person.reply(second))})
                    .containsExactlyInAnyOrder(1, 2);
            assertThat(one.history(conversation, 0)).isEqualTo(other.history(conversation, 0));
        }
    }
}
