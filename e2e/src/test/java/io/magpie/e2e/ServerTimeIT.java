package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Order and time are the server's, whatever a client's clock says.
@ExtendWith(SharedNode.class)
class ServerTimeIT {
    private static final int MESSAGES = 300;

    private final Node node;

    ServerTimeIT(Node node) {
        this.node = node;
    }

    @Test
    void f42_aWrongClockOfTheSenderChangesNeitherPlaceNorTime() throws Exception {
        try (var wrong = Person.of(node, "f42-wrong");
                var right = Person.of(node, "f42-right")) {
            String conversation = Conversations.direct(wrong, right);
            long before = System.currentTimeMillis();
            List<CompletableFuture<JsonNode>> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                boolean past = i % 2 == 0;
                sent.add(wrong.start(
                        "send",
                        "conversation",
                        conversation,
                        "clientId",
                        "w" + i,
                        "content",
                        Person.text("from " + (past ? "1970" : "2286")),
                        "sentAt",
                        past ? 1 : 9_999_999_999_999L,
                        "time",
                        past ? -1 : 9_999_999_999_999L,
                        "seq",
                        past ? 1 : 1_000_000,
                        "sender",
                        right.id()));
                sent.add(right.starting(conversation, "r" + i, "now"));
            }
            sent.forEach(reply -> Person.seq(Person.reply(reply)));
            long after = System.currentTimeMillis();

            var entries = right.history(conversation, 0);

            assertThat(entries).hasSize(2 * MESSAGES);
            assertThat(entries).extracting(entry -> entry.path("seq").asLong()).isSorted();
            assertThat(entries)
                    .extracting(entry -> entry.path("sentAt").asLong())
                    .isSorted()
                    .allSatisfy(time -> assertThat(time).isBetween(before, after));
            assertThat(entries)
                    .filteredOn(entry -> entry.path("clientId").asString("").startsWith("w"))
                    .hasSize(MESSAGES)
                    .allSatisfy(
                            entry -> assertThat(entry.path("sender").asLong()).isEqualTo(wrong.id()));
            for (var reply : sent) {
                var entry = entries.get((int) Person.seq(reply.join()) - 1);
                assertThat(reply.join().path("sentAt")).isEqualTo(entry.path("sentAt"));
            }
        }
    }
}
