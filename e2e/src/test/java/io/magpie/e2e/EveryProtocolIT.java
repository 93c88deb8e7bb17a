package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
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
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.Speaker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One user each on JSON, protobuf and TCP: whatever one does the others see, alike to the last field.
@ExtendWith(SharedNode.class)
class EveryProtocolIT {
    private final Node node;
    private final ClientRuntime runtime = ClientRuntime.start();
    private final List<Speaker> open = new ArrayList<>();
    private final Speaker json;
    private final Speaker protobuf;
    private final Speaker tcp;
    private final ConversationId group;

    EveryProtocolIT(Node node) {
        this.node = node;
        this.json = speaker(Protocol.JSON, "every-json");
        this.protobuf = speaker(Protocol.PROTOBUF, "every-protobuf");
        this.tcp = speaker(Protocol.TCP, "every-tcp");
        this.group = ConversationId.group(
                Group.of(node, "every-json", List.of(protobuf.id(), tcp.id())).id());
    }

    @AfterEach
    void leave() {
        open.forEach(Speaker::close);
        runtime.close();
    }

    private Speaker speaker(Protocol protocol, String subject) {
        URI address = protocol == Protocol.TCP
                ? URI.create("tcp://" + node.tcp())
                : URI.create("ws://" + node.realtime() + "/ws");
        var speaker = Speaker.of(runtime.transports().apply(protocol), address, node.token(subject), "d-" + subject);
        open.add(speaker);
        return speaker;
    }

    @Test
    void aConversationIsTheSameForAll() {
        List<Speaker> all = List.of(json, protobuf, tcp);
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
                assertThat(pushed).as("pushes of %s", entry).hasSize(2);
                assertThat(pushed.getFirst()).isEqualTo(pushed.getLast());
                assertThat(pushed.getFirst().sentAt()).isEqualTo(entry.sentAt());
                assertThat(pushed.getFirst().clientId()).isEqualTo(entry.clientId());
            }
        }
        assertThat(all.stream().map(speaker -> item(speaker).last()).distinct()).hasSize(1);
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
        for (Speaker speaker : List.of(json, protobuf, tcp)) {
            List<Speaker> others = List.of(json, protobuf, tcp).stream()
                    .filter(s -> s != speaker)
                    .toList();
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
        ConversationId direct = ConversationId.direct(protobuf.id(), tcp.id());
        long sent = protobuf.made(
                new Command.Send(direct, "direct", new Content.Text("You?"), 0, Mentions.NONE, Command.Priority.HIGH));
        tcp.await(event -> isEntry(event, direct, sent), "the direct entry");
        assertThat(tcp.ask(new Command.Received(direct, sent))).isEqualTo(new Reply.Ok());
        protobuf.await(new Event.Delivered(direct, tcp.id(), sent)::equals, "delivered");
    }

    @Test
    void presenceAndErrorsAreTheSame() {
        List<Long> users = List.of(json.id(), protobuf.id(), tcp.id());
        for (Speaker speaker : List.of(json, protobuf, tcp)) {
            assertThat(speaker.ask(new Command.Presence(users)))
                    .isInstanceOfSatisfying(
                            Reply.Presence.class,
                            presence -> assertThat(presence.states()).hasSize(3).allMatch(PresenceState::online));
        }
        try (var guest = speaker(Protocol.TCP, "every-guest")) {
            json.ask(new Command.Presence(List.of(guest.id())));
            protobuf.ask(new Command.Presence(List.of(guest.id())));
            assertThat(guest.ask(new Command.Bye())).isEqualTo(new Reply.Ok());
            assertThat(guest.awaitClosed()).startsWith("closed");
            for (Speaker watcher : List.of(json, protobuf)) {
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
            assertThat(code(protobuf, command)).isEqualTo(code(tcp, command)).isNotEqualTo(ErrorCode.INTERNAL);
        }
    }

    private static ErrorCode code(Speaker speaker, Command command) {
        if (speaker.ask(command) instanceof Reply.Failed(var rejection)) {
            return rejection.code();
        }
        throw new AssertionError(command + " was not refused");
    }

    private List<Entry> history(Speaker speaker) {
        return speaker.ask(new Command.History(group, new Command.Range.After(0), 200))
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
        speaker.await(event -> isEntry(event, group, seq), "entry " + seq);
    }

    private static boolean isEntry(Event event, ConversationId conversation, long seq) {
        return event instanceof Event.EntryAdded(var entry)
                && entry.conversation().equals(conversation)
                && entry.seq() == seq;
    }
}
