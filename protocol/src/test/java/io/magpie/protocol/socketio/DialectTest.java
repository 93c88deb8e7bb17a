package io.magpie.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dialect as `docs/protocol.md` tells it.
class DialectTest {
    private static final long ME = 7;
    private static final ConversationId DIRECT = ConversationId.direct(7, 12);
    private static final ConversationId GROUP = ConversationId.group(3);

    private static Outcome<Call> read(String event, String argument) {
        return Call.read(event, argument.getBytes(StandardCharsets.UTF_8), ME, "made-up");
    }

    private static Call call(String event, String argument) {
        return switch (read(event, argument)) {
            case Outcome.Done<Call>(Call call) -> call;
            case Outcome.Rejected<Call>(Rejection rejection) -> throw new AssertionError(rejection.message());
        };
    }

    private static Command command(String event, String argument) {
        return ((Call.Run) call(event, argument)).command();
    }

    private static Outcome<Call.Hello> hello(String auth, @Nullable String token, @Nullable String userId) {
        return Call.hello(auth.getBytes(StandardCharsets.UTF_8), token, userId, "own-device");
    }

    private static Call.Hello admitted(Outcome<Call.Hello> hello) {
        return ((Outcome.Done<Call.Hello>) hello).value();
    }

    @Test
    void whatAPageSaysIsACommand() {
        assertThat(command(
                        "send_message", "{\"toUserId\":12,\"messageType\":1,\"content\":\"Noon?\",\"clientId\":\"c\"}"))
                .isEqualTo(new Command.Send(
                        DIRECT, "c", new Content.Text("Noon?"), 0, Mentions.NONE, Command.Priority.NORMAL));
        assertThat(command("send_message", "{\"groupId\":3,\"content\":\"Noon?\",\"replyToMessageId\":\"g.3:4\"}"))
                .isEqualTo(new Command.Send(
                        GROUP, "made-up", new Content.Text("Noon?"), 4, Mentions.NONE, Command.Priority.NORMAL));
        assertThat(command("recall_message", "{\"messageId\":\"d.7.12:9\"}")).isEqualTo(new Command.Recall(DIRECT, 9));
        assertThat(command("mark_read", "{\"messageId\":\"g.3:9\"}")).isEqualTo(new Command.Read(GROUP, 9));
        assertThat(command("typing", "{\"targetId\":12,\"roomType\":1}")).isEqualTo(new Command.Typing(DIRECT, true));
        assertThat(command("stop_typing", "{\"targetId\":3,\"roomType\":2}"))
                .isEqualTo(new Command.Typing(GROUP, false));
        assertThat(call("leave_room", "{\"targetId\":3,\"roomType\":2}")).isEqualTo(new Call.Room(GROUP, false));
        assertThat(call("join_room", "{\"targetId\":12,\"roomType\":1}")).isEqualTo(new Call.Room(DIRECT, true));
        assertThat(call("get_online_users", "")).isEqualTo(new Call.Online(List.of()));
        assertThat(call("get_online_users", "{\"users\":[1,2]}")).isEqualTo(new Call.Online(List.of(1L, 2L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send_message | {} | malformed",
                "send_message | {\"toUserId\":1,\"groupId\":2,\"content\":\"x\"} | malformed",
                "send_message | {\"toUserId\":\"1\",\"content\":\"x\"} | malformed",
                "send_message | {\"toUserId\":0,\"content\":\"x\"} | malformed",
                "send_message | {\"toUserId\":1} | malformed",
                "send_message | {\"toUserId\":1,\"content\":\"\"} | malformed",
                "send_message | {\"toUserId\":1,\"content\":\"\\ud800\"} | malformed",
                "send_message | {\"toUserId\":1,\"content\":\"x\",\"messageType\":6} | malformed",
                "send_message | {\"toUserId\":1,\"content\":\"x\",\"replyToMessageId\":\"g.3:1\"} | malformed",
                "mark_read | {\"messageId\":\"d.12.7:1\"} | malformed",
                "mark_read | {\"messageId\":\"d.7.12:-1\"} | malformed",
                "recall_message | {\"messageId\":\"d.7.12:0\"} | malformed",
                "typing | {\"targetId\":1,\"roomType\":3} | malformed",
                "typing | {\"targetId\":1,\"roomType\":1},{} | malformed",
                "typing | [] | malformed",
                "get_online_users | {\"users\":[1,\"2\"]} | malformed",
                "nonsense | {} | unsupported"
            })
    void whatIsWrongIsNamed(String event, String argument, String code) {
        assertThat(read(event, argument)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code().wireName()).isEqualTo(code);
            assertThat(rejected.rejection().message()).contains("expected: ");
        });
    }

    @Test
    void whatIsTooLargeIsTooLarge() {
        for (var argument : List.of(
                "{\"toUserId\":1,\"content\":\"" + "x".repeat(8193) + "\"}",
                "{\"toUserId\":1,\"content\":\"x\",\"clientId\":\"" + "x".repeat(65) + "\"}",
                "{\"toUserId\":1,\"messageType\":2,\"content\":\"" + "x".repeat(5000) + "\",\"fileUrl\":\""
                        + "u".repeat(5000) + "\"}")) {
            assertThat(read("send_message", argument))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(ErrorCode.TOO_LARGE));
        }
    }

    @Test
    void whoConnectsIsKnownByTokenOrInADemoByNumber() {
        assertThat(admitted(hello("{\"token\":\"s3cr3t\"}", "other", "1"))
                        .command()
                        .token())
                .isEqualTo("s3cr3t");
        assertThat(admitted(hello("{}", "s3cr3t", "1")).command().token()).isEqualTo("s3cr3t");
        assertThat(admitted(hello("{}", "s3cr3t", null)).command().device().id())
                .isEqualTo("own-device");
        assertThat(admitted(hello("{}", "a.b.c", null)).command().device().id()).isEqualTo("socketio");
        var demo = admitted(hello("{\"pushes\":\"dialect\"}", null, "1"));
        assertThat(demo.demo()).isTrue();
        assertThat(demo.pushes()).isEqualTo(Call.Pushes.DIALECT);
        assertThat(demo.command().token()).isEqualTo("demo:1");
        assertThat(admitted(hello(
                                "{\"token\":\"t\",\"device\":{\"id\":\"d\",\"platform\":\"ios\",\"name\":\"n\"}}",
                                null,
                                null))
                        .command()
                        .device()
                        .platform())
                .isEqualTo(Platform.IOS);
        for (var auth : List.of(
                "{}",
                "{\"token\":\"\"}",
                "{\"token\":5}",
                "{\"token\":\"t\",\"pushes\":\"x\"}",
                "{\"token\":\"t\",\"device\":{}}",
                "{\"token\":\"t\",\"device\":5}")) {
            assertThat(hello(auth, null, null)).as(auth).isInstanceOf(Outcome.Rejected.class);
        }
    }

    private static Entry entry(ConversationId conversation, Body body) {
        return new Entry(conversation, 42, ME, 1_790_000_000_000L, "c", body);
    }

    private static String heard(Event event) {
        var all = DialectWriter.events(event);
        assertThat(all).hasSize(1);
        return all.getFirst().event() + " " + all.getFirst().json();
    }

    private static Body message(Content content) {
        return new Body.Message(content, 0, Mentions.NONE);
    }

    @Test
    void whatAPageHears() {
        assertThat(heard(new Event.EntryAdded(entry(DIRECT, message(new Content.Text("Noon?"))))))
                .isEqualTo("private_message {\"messageId\":\"d.7.12:42\",\"fromUserId\":7,\"toUserId\":12,"
                        + "\"messageType\":1,\"content\":\"Noon?\",\"clientId\":\"c\",\"timestamp\":1790000000000}");
        assertThat(heard(new Event.EntryAdded(entry(GROUP, message(new Content.File(9, "plan.pdf", 5, "x/y"))))))
                .isEqualTo("group_message {\"messageId\":\"g.3:42\",\"fromUserId\":7,\"groupId\":3,\"messageType\":5,"
                        + "\"content\":\"\",\"fileUrl\":\"/api/v1/files/9\",\"fileSize\":5,\"fileName\":\"plan.pdf\","
                        + "\"clientId\":\"c\",\"timestamp\":1790000000000}");
        assertThat(heard(new Event.EntryAdded(entry(DIRECT, message(new Content.Card(5, 0))))))
                .contains("\"messageType\":0,\"content\":\"\"");
        assertThat(heard(new Event.EntryAdded(entry(DIRECT, new Body.Recall(41)))))
                .isEqualTo("message_recalled {\"messageId\":\"d.7.12:41\",\"fromUserId\":7,\"toUserId\":12,"
                        + "\"timestamp\":1790000000000}");
        assertThat(heard(new Event.Read(GROUP, 12, 5)))
                .isEqualTo("message_read {\"messageId\":\"g.3:5\",\"userId\":12}");
        assertThat(heard(new Event.Typing(DIRECT, 12, true)))
                .isEqualTo("user_typing {\"userId\":12,\"targetId\":12,\"roomType\":1}");
        assertThat(heard(new Event.Typing(GROUP, 12, false)))
                .isEqualTo("user_stop_typing {\"userId\":12,\"targetId\":3,\"roomType\":2}");
        assertThat(heard(new Event.Presence(List.of(new PresenceState(12, false, List.of(), 5)))))
                .isEqualTo("user_offline {\"userId\":12,\"lastSeenAt\":5}");
        assertThat(DialectWriter.events(new Event.Lagging(List.of()))).isEmpty();
        assertThat(DialectWriter.events(new Event.EntryAdded(
                        entry(ConversationId.notices(7), new Body.Notice(Body.NoticeEvent.INVITED, 12, 3, 0, null)))))
                .isEmpty();
    }

    @Test
    void aFileMessageComesBackAsItWas() {
        var argument =
                "{\"toUserId\":12,\"messageType\":4,\"content\":\"see\",\"fileUrl\":\"http://x/\u00e9\",\"fileSize\":0,\"fileName\":\"f\"}";
        var send = (Command.Send) command("send_message", argument);
        assertThat(heard(new Event.EntryAdded(entry(DIRECT, message(send.content())))))
                .contains(argument.substring(argument.indexOf("\"messageType\""), argument.length() - 1));
        assertThat(heard(new Event.EntryAdded(
                        entry(DIRECT, message(new Content.Custom(FileMessage.SCHEMA, "{\"messageType\":99}"))))))
                .contains("\"messageType\":0");
    }

    @Test
    void acknowledgementsAndRefusals() {
        var send = (Command.Send) command("send_message", "{\"toUserId\":12,\"content\":\"x\",\"clientId\":\"c\"}");
        assertThat(DialectWriter.acknowledgement(
                        new Call.Acknowledgement.Sent(ME, send), new Reply.Sent(DIRECT, 42, 5, false)))
                .isEqualTo(
                        "{\"success\":true,\"message\":\"ok\",\"data\":{\"messageId\":\"d.7.12:42\",\"fromUserId\":7,"
                                + "\"toUserId\":12,\"messageType\":1,\"content\":\"x\",\"clientId\":\"c\",\"timestamp\":5,"
                                + "\"duplicate\":false}}");
        var done = new Call.Acknowledgement.Done();
        assertThat(DialectWriter.acknowledgement(done, new Reply.Unread(3))).contains("\"data\":{\"unread\":3}");
        assertThat(DialectWriter.acknowledgement(done, new Reply.Recorded(4))).contains("\"data\":{\"seq\":4}");
        assertThat(DialectWriter.acknowledgement(
                        done, new Reply.Failed(new Rejection(ErrorCode.RATE_LIMITED, "slow", 400))))
                .isEqualTo("{\"success\":false,\"message\":\"slow\",\"code\":\"rate-limited\",\"retryAfterMs\":400}");
        assertThat(DialectWriter.refusal(new Rejection(ErrorCode.UNAUTHENTICATED, "no")))
                .isEqualTo("{\"message\":\"no\",\"data\":{\"code\":\"unauthenticated\"}}");
        assertThat(DialectWriter.online(List.of(
                        new PresenceState(9, true, List.of(Platform.WEB), 0),
                        new PresenceState(2, true, List.of(Platform.WEB), 0),
                        new PresenceState(3, false, List.of(), 1))))
                .isEqualTo("{\"success\":true,\"message\":\"ok\",\"data\":{\"users\":[2,9]}}");
    }

    @Test
    void noArgumentMakesItThrow() {
        var random = new Random(17);
        var good =
                "{\"toUserId\":12,\"messageType\":2,\"content\":\"x\",\"messageId\":\"d.7.12:1\",\"targetId\":1,\"roomType\":1}";
        var events = List.of("send_message", "recall_message", "mark_read", "typing", "join_room", "get_online_users");
        int done = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var outcome = Call.read(events.get(random.nextInt(events.size())), bytes, ME, "c");
            done += outcome instanceof Outcome.Done<Call> ? 1 : 0;
        }
        assertThat(done).isPositive();
    }
}
