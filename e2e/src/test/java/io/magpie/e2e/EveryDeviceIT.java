package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.e2e.harness.Doors;
import io.magpie.e2e.harness.Doors.Door;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.Speaker;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One user on a device behind every door: all hold the same log, get the same acknowledgements and limits, and find
/// what they missed.
@ExtendWith(SharedNode.class)
class EveryDeviceIT {
    private final Doors doors;
    private final Speaker peer;

    EveryDeviceIT(Node node) {
        this.doors = new Doors(node);
        this.peer = doors.speaker(Door.JSON, "devices-peer", "peer");
    }

    @AfterEach
    void leave() {
        doors.close();
    }

    private static List<Speaker> everywhere(Doors by, String subject) {
        return Stream.of(Door.values())
                .map(door -> by.speaker(door, subject, "device-" + door))
                .toList();
    }

    private static Command.Send text(ConversationId conversation, String clientId) {
        return new Command.Send(
                conversation,
                clientId,
                new Content.Text("Said " + clientId),
                0,
                Mentions.NONE,
                Command.Priority.NORMAL);
    }

    @Test
    void whatOneDeviceDoesTheOthersSee() {
        List<Speaker> devices = everywhere(doors, "devices-ada");
        ConversationId direct = ConversationId.direct(devices.getFirst().id(), peer.id());
        for (Speaker device : devices) {
            List<Speaker> others = devices.stream().filter(d -> d != device).toList();
            String clientId = "by-" + devices.indexOf(device);
            long seq = device.made(text(direct, clientId));
            Entry atPeer = peer.awaitEntry(direct, seq);
            for (Speaker other : others) {
                assertThat(other.awaitEntry(direct, seq)).isEqualTo(atPeer);
                // The same message again, from whatever device, is the one that is stored.
                assertThat(other.ask(text(direct, clientId)))
                        .isEqualTo(new Reply.Sent(direct, seq, atPeer.sentAt(), true));
            }
            long answer = peer.made(text(direct, "answer-" + clientId));
            for (Speaker reader : devices) {
                reader.awaitEntry(direct, answer);
            }
            assertThat(device.ask(new Command.Read(direct, answer))).isEqualTo(new Reply.Unread(0));
            var read = new Event.Read(direct, device.id(), answer);
            peer.await(read::equals, "read");
            for (Speaker other : others) {
                other.await(read::equals, "read on another device");
                assertThat(item(other, direct).unread()).isZero();
            }
        }
        var log = history(peer, direct, 0);
        assertThat(log).hasSize(2 * devices.size());
        assertThat(devices)
                .allSatisfy(device -> assertThat(history(device, direct, 0)).isEqualTo(log));
    }

    @Test
    void afterAReconnectEachFindsWhatItMissed() {
        var first = everywhere(doors, "devices-grace");
        ConversationId direct = ConversationId.direct(first.getFirst().id(), peer.id());
        long held = peer.made(text(direct, "before"));
        first.forEach(device -> device.awaitEntry(direct, held));
        long since = synced(first.getFirst()).syncedAt();
        for (Speaker device : first) {
            assertThat(device.ask(new Command.Bye())).isEqualTo(new Reply.Ok());
            device.awaitClosed();
        }
        IntStream.range(0, 5).forEach(i -> peer.made(text(direct, "missed-" + i)));
        peer.made(new Command.Recall(direct, held));
        var missed = history(peer, direct, held);
        assertThat(missed).hasSize(6);
        for (Speaker device : everywhere(doors, "devices-grace")) {
            var changed = device.ask(new Command.Sync(since, null));
            assertThat(changed)
                    .isInstanceOfSatisfying(
                            Reply.Conversations.class,
                            conversations -> assertThat(conversations.items())
                                    .filteredOn(item -> item.conversation().equals(direct))
                                    .singleElement()
                                    .satisfies(item -> {
                                        assertThat(item.lastSeq()).isEqualTo(held + 6);
                                        assertThat(item.unread()).isEqualTo(5);
                                    }));
            assertThat(history(device, direct, held)).isEqualTo(missed);
        }
    }

    /// Whatever door a user comes in by, what they may send counts together.
    @Test
    void whoSendsTooFastIsLimitedBehindEveryDoor(@TempDir Path folder) throws Exception {
        try (var node = Node.started(folder, "limits.sendsPerSecond=1", "limits.sendBurst=5");
                var strict = new Doors(node)) {
            for (Door door : Door.values()) {
                var hasty = strict.speaker(door, "hasty-" + door, "one");
                var notes = ConversationId.direct(hasty.id(), hasty.id());
                var answers = IntStream.range(0, 20)
                        .mapToObj(i -> hasty.ask(text(notes, "fast-" + i)))
                        .toList();
                assertThat(answers.getFirst()).as("%s", door).isInstanceOf(Reply.Sent.class);
                assertThat(answers.stream()
                                .filter(answer -> answer instanceof Reply.Failed(var rejection)
                                        && rejection.code() == ErrorCode.RATE_LIMITED
                                        && rejection.retryAfterMs() > 0))
                        .as("%s: %s", door, answers)
                        .isNotEmpty();
            }
        }
    }

    private static Reply.Conversations synced(Speaker speaker) {
        if (speaker.ask(new Command.Sync(0, null)) instanceof Reply.Conversations conversations) {
            return conversations;
        }
        throw new AssertionError("no conversations");
    }

    private static ConversationItem item(Speaker speaker, ConversationId conversation) {
        return synced(speaker).items().stream()
                .filter(item -> item.conversation().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    private static List<Entry> history(Speaker speaker, ConversationId conversation, long after) {
        if (speaker.ask(new Command.History(conversation, new Command.Range.After(after), 200))
                instanceof Reply.Entries(var _, var entries, var _)) {
            return entries;
        }
        throw new AssertionError("no entries");
    }
}
