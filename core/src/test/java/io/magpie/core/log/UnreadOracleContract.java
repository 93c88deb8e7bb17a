package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Unread of every [EntryLog] against its definition, recomputed from a plain list after random operations.
public abstract class UnreadOracleContract extends LogFixture {
    private static final int ROUNDS = 120;
    private static final List<Long> USERS = List.of(1L, 2L, 3L);

    private record Said(long sender, Mentions mentions) {}

    @Test
    void f20UnreadIsWhatItsDefinitionSays() {
        var random = new Random(20);
        var group = group(1, 2, 3);
        Map<Long, Said> live = new TreeMap<>();
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var batch = new ArrayList<Draft>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                batch.add(randomDraft(random, group, last + batch.size(), round + "/" + i));
            }
            var results = ports().log().append(batch, NOW + round);
            for (int i = 0; i < batch.size(); i++) {
                if (results.get(i) instanceof AppendResult.Stored stored && !stored.duplicate()) {
                    last = stored.seq();
                    note(live, batch.get(i), stored.seq());
                }
            }
            compare(random, group, live, last);
        }
        assertThat(live).hasSizeGreaterThan(50);
    }

    private static Draft randomDraft(Random random, ConversationId group, long last, String clientId) {
        long sender = USERS.get(random.nextInt(USERS.size()));
        long target = 1 + (last == 0 ? 0 : random.nextLong(last));
        Body body = switch (random.nextInt(10)) {
            case 0, 1 -> new Body.Recall(target);
            case 2 -> new Body.Edit(target, new Content.Text("edited"));
            case 3 -> new Body.Reaction(target, "x", true);
            case 4 -> new Body.Message(new Content.Text("all"), 0, Mentions.ALL);
            case 5 ->
                new Body.Message(new Content.Text("you"), 0, new Mentions(false, List.of(1 + random.nextLong(3))));
            default -> new Body.Message(new Content.Text("text"), 0, Mentions.NONE);
        };
        return new Draft(group, sender, clientId, body, Draft.UNCHECKED);
    }

    private static void note(Map<Long, Said> live, Draft draft, long seq) {
        switch (draft.body()) {
            case Body.Message message -> live.put(seq, new Said(draft.sender(), message.mentions()));
            case Body.Recall recall -> live.remove(recall.target());
            case Body.Edit ignored -> {}
            case Body.Reaction ignored -> {}
            case Body.MembersChanged ignored -> {}
            case Body.GroupChanged ignored -> {}
            case Body.Notice ignored -> {}
        }
    }

    private void compare(Random random, ConversationId group, Map<Long, Said> live, long last) {
        for (long user : USERS) {
            long after = random.nextLong(last + 1);
            long to = after + random.nextLong(last + 2 - after);
            var counted = live.entrySet().stream()
                    .filter(said -> said.getKey() > after && said.getKey() <= to)
                    .map(Map.Entry::getValue)
                    .filter(said -> said.sender() != user)
                    .toList();
            var expected = new Unread(
                    counted.size(),
                    counted.stream().anyMatch(said -> said.mentions().includes(user)));
            assertThat(unread(group, user, after, to))
                    .as("user %s after %s to %s", user, after, to)
                    .isEqualTo(expected);
        }
    }
}
