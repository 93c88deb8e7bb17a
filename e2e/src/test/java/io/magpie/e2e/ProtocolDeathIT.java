package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.check.History;
import io.magpie.bench.check.Verdict;
import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
import io.magpie.core.conversation.ConversationId;
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server dies by SIGKILL while people on every protocol write into one group; each comes back the way it came.
class ProtocolDeathIT {
    private static final int DEATHS = 5;
    private static final int WINDOW = 4;

    @TempDir
    Path folder;

    private final History history = new History();
    private final List<Chatter> people = new ArrayList<>();

    @Test
    void nothingAcknowledgedIsLostOrDoubled() throws Exception {
        try (Node node = Node.started(folder);
                ClientRuntime runtime = ClientRuntime.start()) {
            for (Protocol protocol : Protocol.values()) {
                people.add(chatter(node, runtime, protocol, "live"));
            }
            for (Chatter chatter : people) {
                chatter.user().get(60, TimeUnit.SECONDS);
            }
            var group = ConversationId.group(Group.of(
                            node,
                            name(Protocol.JSON),
                            people.stream().skip(1).map(Chatter::id).toList())
                    .id());
            people.forEach(chatter -> chatter.write(List.of(group), WINDOW));
            for (int death = 0; death < DEATHS; death++) {
                long before = history.acknowledgements();
                await("messages are acknowledged", () -> history.acknowledgements() > before + 50);
                node.kill();
                node.start();
            }
            people.forEach(Chatter::rest);
            await("every message is answered", () -> people.stream().allMatch(chatter -> chatter.open() == 0));
            assertThat(history.contradictions()).isEmpty();
            check(group, "live");
            List<Chatter> fresh = Stream.of(Protocol.values())
                    .map(protocol -> chatter(node, runtime, protocol, "fresh"))
                    .toList();
            check(group, "fresh");
            fresh.forEach(Chatter::close);
            people.forEach(Chatter::close);
        }
    }

    private static String name(Protocol protocol) {
        return "death-" + protocol;
    }

    private Chatter chatter(Node node, ClientRuntime runtime, Protocol protocol, String device) {
        return new Chatter(name(protocol), device, runtime, protocol, node, history);
    }

    private void check(ConversationId group, String device) throws InterruptedException {
        List<String> devices =
                Stream.of(Protocol.values()).map(p -> name(p) + "/" + device).toList();
        int promised = history.promises(group.toString());
        assertThat(promised).isGreaterThan(DEATHS * 50);
        await(
                device + " devices hold everything",
                () -> history.verdict(group.toString(), devices).missing() == 0);
        Verdict verdict = history.verdict(group.toString(), devices);
        assertThat(verdict.clean()).as("%s", verdict).isTrue();
        assertThat(verdict.messages()).isEqualTo((long) promised * devices.size());
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
