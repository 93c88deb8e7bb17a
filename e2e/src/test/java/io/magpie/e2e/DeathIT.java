package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.check.History;
import io.magpie.bench.check.Verdict;
import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server dies by SIGKILL again and again while a hundred people write, and comes back on the same data.
class DeathIT {
    private static final int PEOPLE = 100;
    private static final int GROUP_SIZE = 10;
    private static final int DEATHS = 20;
    private static final int WINDOW = 2;

    @TempDir
    Path folder;

    private final History history = new History();
    private final List<Chatter> people = new ArrayList<>();
    private final Map<ConversationId, List<Chatter>> members = new HashMap<>();

    @Test
    void nothingAcknowledgedIsEverLostOrDoubled() throws Exception {
        long seed = System.nanoTime();
        try (Node node = Node.started(folder);
                ClientRuntime runtime = ClientRuntime.start()) {
            gather(node, runtime);
            people.forEach(chatter -> chatter.write(conversationsOf(chatter), WINDOW));
            Random random = new Random(seed);
            for (int death = 0; death < DEATHS; death++) {
                long before = history.acknowledgements();
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(1500));
                await("messages are acknowledged", () -> history.acknowledgements() > before + PEOPLE);
                node.kill();
                node.start();
            }
            people.forEach(Chatter::rest);
            await("every message is answered", () -> people.stream().allMatch(chatter -> chatter.open() == 0));
            assertThat(history.contradictions()).as("seed %d", seed).isEmpty();
            check("live");
            checkFreshDevices(node, runtime);
        }
    }

    private void gather(Node node, ClientRuntime runtime) throws Exception {
        for (int i = 0; i < PEOPLE; i++) {
            people.add(chatter(node, runtime, "user-" + i, "live"));
        }
        for (Chatter chatter : people) {
            chatter.user().get(60, TimeUnit.SECONDS);
        }
        for (int i = 0; i < PEOPLE; i += 2) {
            Chatter one = people.get(i);
            Chatter other = people.get(i + 1);
            members.put(ConversationId.direct(one.id(), other.id()), List.of(one, other));
        }
        for (int i = 0; i < PEOPLE; i += GROUP_SIZE) {
            List<Chatter> group = people.subList(i, i + GROUP_SIZE);
            var made = Group.of(
                    node, "user-" + i, group.stream().skip(1).map(Chatter::id).toList());
            members.put(ConversationId.group(made.id()), group);
        }
    }

    private Chatter chatter(Node node, ClientRuntime runtime, String name, String device) {
        return new Chatter(name, device, runtime, Protocol.JSON, node, history);
    }

    private List<ConversationId> conversationsOf(Chatter chatter) {
        return members.entrySet().stream()
                .filter(conversation -> conversation.getValue().contains(chatter))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String device(Chatter chatter, List<Chatter> people, String device) {
        return "user-" + people.indexOf(chatter) + "/" + device;
    }

    private List<String> devices(ConversationId conversation, String device) {
        return members.getOrDefault(conversation, List.of()).stream()
                .map(chatter -> device(chatter, people, device))
                .toList();
    }

    private Verdict verdict(ConversationId conversation, String device) {
        return history.verdict(conversation.toString(), devices(conversation, device));
    }

    /// Every message once, in order, at every device named so, and nothing else.
    private void check(String device) throws InterruptedException {
        for (ConversationId conversation : members.keySet()) {
            int promised = history.promises(conversation.toString());
            int receivers = members.getOrDefault(conversation, List.of()).size();
            assertThat(promised).as("promises in %s", conversation).isPositive();
            await(
                    device + " devices hold " + conversation,
                    () -> verdict(conversation, device).missing() == 0);
            Verdict verdict = verdict(conversation, device);
            assertThat(verdict.clean()).as("%s: %s", conversation, verdict).isTrue();
            assertThat(verdict.messages()).as("messages in %s", conversation).isEqualTo((long) promised * receivers);
        }
    }

    /// New devices read everything from the start, and what the server says is unread is right.
    private void checkFreshDevices(Node node, ClientRuntime runtime) throws Exception {
        List<Chatter> fresh = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            fresh.add(chatter(node, runtime, "user-" + i, "fresh"));
        }
        check("fresh");
        for (int i = 0; i < PEOPLE; i++) {
            checkUnread(people.get(i), fresh.get(i));
        }
        fresh.forEach(Chatter::close);
        people.forEach(Chatter::close);
    }

    private void checkUnread(Chatter live, Chatter fresh) throws Exception {
        Map<ConversationId, ConversationItem> items = new HashMap<>();
        for (ConversationItem item : fresh.items().get(10, TimeUnit.SECONDS)) {
            items.put(item.conversation(), item);
        }
        for (ConversationId conversation : conversationsOf(live)) {
            ConversationItem item = items.get(conversation);
            if (item == null) {
                throw new AssertionError(conversation + " is not in the list of user " + live.id());
            }
            long read = live.read().getOrDefault(conversation, 0L);
            assertThat(item.readSeq()).as("read in %s", conversation).isGreaterThanOrEqualTo(read);
            assertThat((long) item.unread())
                    .as("unread in %s after %d", conversation, item.readSeq())
                    .isEqualTo(fresh.unreadAfter(conversation, item.readSeq()));
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
