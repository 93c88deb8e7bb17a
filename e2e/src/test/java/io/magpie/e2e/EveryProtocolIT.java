package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.e2e.harness.Doors;
import io.magpie.e2e.harness.Doors.Door;
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.SocketIoTransport;
import io.magpie.e2e.harness.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One user each on JSON, protobuf, TCP and Socket.IO: whatever one does the others see, alike to the last field.
@ExtendWith(SharedNode.class)
class EveryProtocolIT {
    private final Doors doors;
    private final SocketIoTransport page;
    private final Speaker json;
    private final Speaker protobuf;
    private final Speaker tcp;
    private final Speaker socketIo;
    private final List<Speaker> all;
    private final ConversationId group;

    EveryProtocolIT(Node node) {
        this.doors = new Doors(node);
        this.page = doors.socketIo();
        this.json = doors.speaker(Door.JSON, "every-json", "one");
        this.protobuf = doors.speaker(Door.PROTOBUF, "every-protobuf", "one");
        this.tcp = doors.speaker(Door.TCP, "every-tcp", "one");
        this.socketIo = doors.speaker(page, "every-socketio", "one");
        this.all = List.of(json, protobuf, tcp, socketIo);
        this.group = ConversationId.group(Group.of(node, "every-json", List.of(protobuf.id(), tcp.id(), socketIo.id()))
                .id());
    }

    @AfterEach
    void leave() {
        doors.close();
    }

    @Test
    void aConversationIsTheSameForAll() {
        long last = all.stream().mapToLong(this::everything).max().orElseThrow();
        // A session is not pushed what it did itself, so each misses exactly that.
        List<Entry> log = history(json);
        assertThat(log).hasSize((int) last).extracting(Entry::seq).isSorted();
        for (Speaker speaker : all) {
            assertThat(history(speaker)).isEqualTo(log);
            awaitEntry(
                    speaker,
                    log.stream()
                            .filter(entry -> entry.sender() != speaker.id())
                            .mapToLong(Entry::seq)
                            .max()
                            .orElseThrow());
        }
        for (Entry entry : log) {
            List<Entry> pushed = all.stream()
                    .filter(speaker -> speaker.id() != entry.sender())
                    .flatMap(speaker -> entries(speaker).stream().filter(e -> e.seq() == entry.seq()))
                    .toList();
            if (entry.seq() > founding(log)) {
                assertThat(pushed).as("pushes of %s", entry).hasSize(all.size() - 1);
                assertThat(pushed.stream().distinct()).hasSize(1);
                assertThat(pushed.getFirst().sentAt()).isEqualTo(entry.sentAt());
                assertThat(pushed.getFirst().clientId()).isEqualTo(entry.clientId());
            }
        }
        assertThat(all.stream().map(speaker -> item(speaker).last()).distinct()).hasSize(1);
        theDialectTellsTheSame(log);
    }

    /// The page also hears in the dialect of each message of the others, and of each recall, its own included, in the
    /// same order.
    private void theDialectTellsTheSame(List<Entry> log) {
        List<String> expected = log.stream()
                .filter(entry -> entry.sender() != socketIo.id() || entry.body() instanceof Body.Recall)
                .flatMap(entry -> switch (entry.body()) {
                    case Body.Message _ -> Stream.of("group_message " + group + ":" + entry.seq());
                    case Body.Recall recall -> Stream.of("message_recalled " + group + ":" + recall.target());
                    default -> Stream.empty();
                })
                .toList();
        assertThat(page.dialect().stream()
                        .filter(said -> said.argument().has("messageId"))
                        .map(said -> said.event() + " "
                                + said.argument().path("messageId").asString()))
                .isEqualTo(expected);
    }

    /// The entries that the group's making wrote, before anybody spoke.
    private static long founding(List<Entry> log) {
        return log.stream()
                .filter(entry ->
                        entry.body() instanceof Body.GroupChanged || entry.body() instanceof Body.MembersChanged)
                .mapToLong(Entry::seq)
                .max()
                .orElse(0);
    }

    /// Every kind of content and of change, by one speaker; the last seq.
    private long everything(Speaker speaker) {
        String name = "c" + speaker.id();
        long first = speaker.made(send(name + "-0", new Content.Text("Hello 👋"), 0, Mentions.NONE));
        speaker.made(send(name + "-1", new Content.Text("all"), first, Mentions.ALL));
        var some = new Mentions(false, List.of(json.id(), tcp.id()));
        speaker.made(send(name + "-2", new Content.Location(52.5, -13.25, "Berlin"), 0, some));
        speaker.made(send(name + "-3", new Content.Sticker("cats", "hello"), 0, Mentions.NONE));
        speaker.made(send(name + "-4", new Content.Card(json.id(), 0), 0, Mentions.NONE));
        speaker.made(send(
                name + "-5", new Content.Custom("poll/1", "{\"q\":\"é\",\"n\":[1,2.50,1E+3,null]}"), 0, Mentions.NONE));
        assertThat(speaker.ask(send(name + "-0", new Content.Text("Hello 👋"), 0, Mentions.NONE)))
                .isInstanceOfSatisfying(Reply.Sent.class, sent -> {
                    assertThat(sent.duplicate()).isTrue();
                    assertThat(sent.seq()).isEqualTo(first);
                });
        speaker.made(new Command.Edit(group, first, new Content.Text("Hello again")));
        speaker.made(new Command.React(group, first, "👍", true));
        speaker.made(new Command.React(group, first, "👍", false));
        long regretted = speaker.made(send(name + "-6", new Content.Text("oops"), 0, Mentions.NONE));
        return speaker.made(new Command.Recall(group, regretted));
    }

    private Command.Send send(String clientId, Content content, long replyTo, Mentions mentions) {
        return new Command.Send(group, clientId, content, replyTo, mentions, Command.Priority.NORMAL);
    }

    @Test
    void whatIsNoEntryComesToAllAsWell() {
        for (Speaker speaker : all) {
            List<Speaker> others = all.stream().filter(s -> s != speaker).toList();
            assertThat(speaker.ask(new Command.Typing(group, true))).isEqualTo(new Reply.Ok());
            others.forEach(other -> other.await(new Event.Typing(group, speaker.id(), true)::equals, "typing"));
            long seq = speaker.made(send("n" + speaker.id(), new Content.Text("Read me"), 0, Mentions.NONE));
            for (Speaker other : others) {
                awaitEntry(other, seq);
                assertThat(other.ask(new Command.Received(group, seq))).isEqualTo(new Reply.Ok());
                assertThat(other.ask(new Command.Read(group, seq))).isEqualTo(new Reply.Unread(0));
                speaker.await(new Event.Read(group, other.id(), seq)::equals, "read");
            }
        }
    }

    @Test
    void aDirectConversationIsTheSameForBoth() {
        for (Speaker one : all) {
            for (Speaker other : all) {
                if (one.id() < other.id()) {
                    direct(one, other);
                }
            }
        }
    }

    private static void direct(Speaker one, Speaker other) {
        ConversationId direct = ConversationId.direct(one.id(), other.id());
        List<Entry> heard = new ArrayList<>();
        for (Speaker speaker : List.of(one, other)) {
            Speaker peer = speaker == one ? other : one;
            String clientId = "direct-" + speaker.id();
            long sent = speaker.made(new Command.Send(
                    direct, clientId, new Content.Text("You?"), 0, Mentions.NONE, Command.Priority.HIGH));
            heard.add(peer.awaitEntry(direct, sent));
            assertThat(peer.ask(new Command.Received(direct, sent))).isEqualTo(new Reply.Ok());
            speaker.await(new Event.Delivered(direct, peer.id(), sent)::equals, "delivered");
            for (Command change : List.of(
                    new Command.Edit(direct, sent, new Content.Text("You?!")),
                    new Command.React(direct, sent, "👍", true),
                    new Command.Recall(direct, sent))) {
                heard.add(peer.awaitEntry(direct, speaker.made(change)));
            }
            assertThat(peer.ask(new Command.Read(direct, sent))).isEqualTo(new Reply.Unread(0));
            speaker.await(new Event.Read(direct, peer.id(), sent)::equals, "read");
        }
        assertThat(heard)
                .extracting(Entry::seq)
                .isEqualTo(LongStream.rangeClosed(1, 8).boxed().toList());
        assertThat(history(one, direct))
                .isEqualTo(history(other, direct))
                .extracting(Entry::seq, Entry::sentAt)
                .isEqualTo(heard.stream()
                        .map(entry -> tuple(entry.seq(), entry.sentAt()))
                        .toList());
    }

    @Test
    void presenceAndErrorsAreTheSame() {
        List<Long> users = all.stream().map(Speaker::id).toList();
        for (Speaker speaker : all) {
            assertThat(speaker.ask(new Command.Presence(users)))
                    .isInstanceOfSatisfying(
                            Reply.Presence.class,
                            presence -> assertThat(presence.states()).hasSize(4).allMatch(PresenceState::online));
        }
        for (Door door : Door.values()) {
            var guest = doors.speaker(door, "every-guest", "guest");
            all.forEach(watcher -> watcher.ask(new Command.Presence(List.of(guest.id()))));
            assertThat(guest.ask(new Command.Bye())).isEqualTo(new Reply.Ok());
            assertThat(guest.awaitClosed()).startsWith("closed");
            for (Speaker watcher : all) {
                watcher.await(
                        event -> event instanceof Event.Presence(var states)
                                && states.stream().anyMatch(s -> s.user() == guest.id() && !s.online()),
                        "the guest's leaving");
            }
        }
        List<Command> wrong = List.of(
                new Command.History(ConversationId.group(9_000_000), new Command.Range.After(0), 10),
                new Command.Recall(group, 1),
                new Command.React(group, 900, "👍", true),
                new Command.Send(
                        ConversationId.notices(json.id()),
                        "w",
                        new Content.Text("x"),
                        0,
                        Mentions.NONE,
                        Command.Priority.NORMAL));
        for (Command command : wrong) {
            assertThat(json.ask(command)).as("%s", command).isInstanceOf(Reply.Failed.class);
            assertThat(all.stream().map(speaker -> code(speaker, command)).distinct())
                    .as("%s", command)
                    .hasSize(1)
                    .doesNotContain(ErrorCode.INTERNAL);
        }
    }

    private static ErrorCode code(Speaker speaker, Command command) {
        if (speaker.ask(command) instanceof Reply.Failed(var rejection)) {
            return rejection.code();
        }
        throw new AssertionError(command + " was not refused");
    }

    private List<Entry> history(Speaker speaker) {
        return history(speaker, group);
    }

    private static List<Entry> history(Speaker speaker, ConversationId conversation) {
        return speaker.ask(new Command.History(conversation, new Command.Range.After(0), 200))
                        instanceof Reply.Entries(var _, var entries, var _)
                ? entries
                : List.of();
    }

    private ConversationItem item(Speaker speaker) {
        if (!(speaker.ask(new Command.Sync(0, null)) instanceof Reply.Conversations(var items, var _, var _))) {
            throw new AssertionError("no conversations");
        }
        return items.stream()
                .filter(item -> item.conversation().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private List<Entry> entries(Speaker speaker) {
        return speaker.heard().stream()
                .flatMap(event -> event instanceof Event.EntryAdded(var entry)
                                && entry.conversation().equals(group)
                        ? Stream.of(entry)
                        : Stream.empty())
                .toList();
    }

    private void awaitEntry(Speaker speaker, long seq) {
        speaker.awaitEntry(group, seq);
    }
}
