package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The examples of `docs/protocol.md` are what is written, byte for byte and in the same order.
class DocumentedFramesTest {
    private static final ConversationId DIRECT = ConversationId.direct(7, 12);
    private static final ConversationId GROUP = ConversationId.group(3);
    private static final Content TEXT = new Content.Text("Noon?");
    private static final long TIME = 1_790_000_000_000L;

    private final JsonCodec codec = new JsonCodec();

    @Test
    void requestsAreAsDocumented() throws IOException {
        assertThat(documented("### What a client says"))
                .containsExactlyElementsOf(text(requests().map(codec::encodeRequest)));
        for (Request request : requests().toList()) {
            assertThat(codec.decodeRequest(codec.encodeRequest(request)))
                    .isEqualTo(new Decoded(request.id(), Outcome.done(request.command())));
        }
    }

    @Test
    void repliesAreAsDocumented() throws IOException {
        assertThat(documented("### What the server answers"))
                .containsExactlyElementsOf(text(replies().map(reply -> codec.encodeReply("1", reply))));
    }

    @Test
    void pushesAreAsDocumented() throws IOException {
        assertThat(documented("### What the server pushes"))
                .containsExactlyElementsOf(text(events().map(codec::encodeEvent)));
    }

    @Test
    void bodiesAreAsDocumented() throws IOException {
        assertThat(documented("### Bodies")).containsExactlyElementsOf(text(bodies().map(new JsonBodyCodec()::encode)));
    }

    @Test
    void contentsAreAsDocumented() throws IOException {
        assertThat(documented("### Contents"))
                .containsExactlyElementsOf(contents().map(this::content).toList());
    }

    private static Stream<Request> requests() {
        return Stream.of(
                        new Command.Hello("s3cr3t", new Device("pixel-8-4711", Platform.ANDROID, "Ada's phone")),
                        new Command.Ping(),
                        new Command.Send(DIRECT, "a81bc81b", TEXT, 0, Mentions.NONE, Command.Priority.NORMAL),
                        new Command.Send(
                                GROUP,
                                "a81bc81c",
                                TEXT,
                                41,
                                new Mentions(false, List.of(7L, 12L)),
                                Command.Priority.HIGH),
                        new Command.Received(DIRECT, 42),
                        new Command.Read(DIRECT, 42),
                        new Command.Listened(DIRECT, 42),
                        new Command.Typing(DIRECT, true),
                        new Command.Recall(DIRECT, 42),
                        new Command.Edit(DIRECT, 42, TEXT),
                        new Command.React(DIRECT, 42, "👍", true),
                        new Command.History(DIRECT, new Command.Range.After(0), 200),
                        new Command.History(DIRECT, new Command.Range.Before(42), 50),
                        new Command.Sync(0, null),
                        new Command.Presence(List.of(7L, 12L)),
                        new Command.Bye())
                .map(command -> new Request("1", command));
    }

    private static Stream<Reply> replies() {
        Entry last = new Entry(DIRECT, 42, 7, TIME, "a81bc81b", new Body.Message(TEXT, 0, Mentions.NONE));
        return Stream.of(
                new Reply.Welcome(7, 4711, "n1", "e5f0", TIME, 30_000, 65_536),
                new Reply.Pong(TIME),
                new Reply.Sent(DIRECT, 42, TIME, false),
                new Reply.Ok(),
                new Reply.Unread(3),
                new Reply.Recorded(43),
                new Reply.Entries(DIRECT, List.of(last), true),
                new Reply.Conversations(
                        List.of(new ConversationItem(
                                DIRECT,
                                "Grace",
                                "",
                                Member.State.MEMBER,
                                1,
                                42,
                                40,
                                2,
                                false,
                                false,
                                true,
                                false,
                                last)),
                        TIME,
                        "c2"),
                new Reply.Presence(List.of(new PresenceState(12, false, List.of(), TIME))),
                new Reply.Failed(new Rejection(ErrorCode.RATE_LIMITED, "send: 20 per second (expected: 10)", 400)));
    }

    private static Stream<Event> events() {
        return Stream.of(
                new Event.EntryAdded(
                        new Entry(DIRECT, 42, 7, TIME, "a81bc81b", new Body.Message(TEXT, 41, Mentions.NONE))),
                new Event.Read(DIRECT, 12, 42),
                new Event.Delivered(DIRECT, 12, 42),
                new Event.Listened(DIRECT, 12, 42),
                new Event.Typing(DIRECT, 12, true),
                new Event.Presence(List.of(new PresenceState(12, true, List.of(Platform.WEB, Platform.IOS), 0))),
                new Event.Lagging(List.of()),
                new Event.Lagging(List.of(DIRECT, GROUP)),
                new Event.Bye(Event.Bye.Reason.LOGGED_OUT),
                new Event.Bye(Event.Bye.Reason.MOVED, 250, "ws://n2.example:8081/ws"));
    }

    private static Stream<Body> bodies() {
        return Stream.of(
                new Body.Message(TEXT, 41, Mentions.ALL, 43, 0),
                new Body.Message(null, 0, Mentions.NONE, 0, 44),
                new Body.Recall(42),
                new Body.Edit(42, TEXT),
                new Body.Edit(42, null),
                new Body.Reaction(42, "👍", true),
                new Body.MembersChanged(Body.MemberChange.JOINED, List.of(7L, 12L)),
                new Body.MembersChanged(Body.MemberChange.ROLE, List.of(12L), Role.ADMIN, 0),
                new Body.MembersChanged(Body.MemberChange.MUTED, List.of(12L), null, TIME),
                new Body.MembersChanged(Body.MemberChange.NICKNAME, List.of(12L), null, 0, "Gracie"),
                new Body.GroupChanged(
                        Body.GroupChange.CREATED, "Compilers", null, null, JoinPolicy.APPROVAL, false, null, 7L),
                new Body.GroupChanged(Body.GroupChange.ANNOUNCEMENT, null, null, "", null, null, null, null),
                new Body.GroupChanged(Body.GroupChange.SETTINGS, null, null, null, null, null, 0L, null),
                new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, 12, 0, 5, "It's Grace"),
                new Body.Notice(Body.NoticeEvent.INVITED, 12, 3, 0, null));
    }

    private static Stream<Content> contents() {
        return Stream.of(
                TEXT,
                new Content.Image(9, 1920, 1080, 10, "LEHV6nWB2yk8"),
                new Content.Voice(9, 2400, List.of(0, 128, 255), "Noon?"),
                new Content.Video(9, 1920, 1080, 60_000, 10),
                new Content.File(9, "plan.pdf", 48_213, "application/pdf"),
                new Content.Sticker("cats", "hello"),
                new Content.Location(52.52, 13.405, "Berlin"),
                new Content.Card(12, 0),
                new Content.Card(0, 3),
                new Content.Custom("poll/1", "{\"question\":\"Noon?\",\"options\":[\"yes\",\"no\"]}"));
    }

    private String content(Content content) {
        byte[] edit = new JsonBodyCodec().encode(new Body.Edit(42, content));
        String text = new String(edit, StandardCharsets.UTF_8);
        return text.substring("{\"kind\":\"edit\",\"target\":42,\"content\":".length(), text.length() - 1);
    }

    private static List<String> text(Stream<byte[]> frames) {
        return frames.map(frame -> new String(frame, StandardCharsets.UTF_8)).toList();
    }

    /// The lines of the first block after a heading.
    private static List<String> documented(String heading) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "protocol.md"));
        int at = lines.indexOf(heading);
        assertThat(at).as(heading).isNotNegative();
        List<String> block = new ArrayList<>();
        for (int i = lines.subList(at, lines.size()).indexOf("```json") + at + 1;
                !lines.get(i).equals("```");
                i++) {
            block.add(lines.get(i));
        }
        return block;
    }
}
