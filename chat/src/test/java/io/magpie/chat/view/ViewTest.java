package io.magpie.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People;
import io.magpie.chat.text.Line;
import io.magpie.chat.text.Width;
import io.magpie.client.ClientEvent;
import io.magpie.client.ConnectionState;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final long ME = 1;
    private static final long ANN = 2;
    private static final ConversationId WITH_ANN = ConversationId.direct(ME, ANN);
    private static final ConversationId TEAM = ConversationId.group(5);
    /// 2026-11-21 12:00 UTC.
    private static final long NOON = 1_795_262_400_000L;

    private final ChatState state = new ChatState(ME, "bob");
    private final View view = new View(state, ZoneOffset.UTC);

    @BeforeEach
    void people() {
        state.people().learn(new People.Person(ANN, "ann", "Ann"));
        apply(new ClientEvent.ConnectionChanged(
                new ConnectionState.Online(new Reply.Welcome(ME, 1, "n", "e", 0, 30_000, 65_536))));
    }

    private void apply(ClientEvent event) {
        state.apply(event, NOON);
    }

    private void item(ConversationId id, String title, int unread, boolean mentioned) {
        apply(new ClientEvent.ConversationChanged(new ConversationItem(
                id, title, "", Member.State.MEMBER, 1, 9, 0, unread, mentioned, false, false, false, null)));
    }

    private void entry(ConversationId id, long seq, long sender, long minutes, Body body) {
        apply(new ClientEvent.EntryAdded(new Entry(id, seq, sender, NOON + minutes * 60_000, "c" + seq, body)));
    }

    private static Body text(String text) {
        return new Body.Message(new Content.Text(text), 0, Mentions.NONE);
    }

    private List<String> screen(int rows, int columns) {
        View.Frame frame = view.frame(rows, columns, "typed", 5, NOON);
        assertThat(frame.lines()).hasSize(rows).allMatch(line -> line.width() <= columns);
        return frame.lines().stream().map(Line::plain).toList();
    }

    private String all() {
        return String.join("\n", screen(24, 80));
    }

    @Test
    void hasTitleListMessagesStatusAndInputIn80By24() {
        item(WITH_ANN, "", 0, false);
        item(TEAM, "Team 你好", 3, true);
        apply(new ClientEvent.PresenceChanged(List.of(new PresenceState(ANN, true, List.of(Platform.WEB), 0))));
        entry(WITH_ANN, 1, ANN, 0, text("good morning"));
        entry(WITH_ANN, 2, ME, 1, text("hello"));
        state.activate(WITH_ANN);
        List<String> lines = screen(24, 80);
        assertThat(lines.getFirst()).startsWith(" Ann · online").endsWith("bob ");
        assertThat(lines.get(1)).startsWith("1 ● Ann");
        assertThat(lines.get(2)).startsWith("2 # Team 你好").contains("@3│");
        assertThat(lines.get(17)).contains("── Sat 21 Nov 2026 ──");
        assertThat(lines.get(18)).contains("│ Ann  12:00");
        assertThat(lines.get(19)).contains("│   1 good morning");
        assertThat(lines.get(20)).contains("│ you  12:01");
        assertThat(lines.get(21)).contains("│   2 hello ✓");
        assertThat(lines.get(22)).isEqualTo("● online");
        assertThat(lines.get(23)).isEqualTo("› typed");
        assertThat(lines.subList(1, 22)).allMatch(line -> Width.of(line.substring(0, line.indexOf('│'))) == 22);
    }

    @Test
    void marksGoFromStoredOverDeliveredToRead() {
        entry(WITH_ANN, 1, ME, 0, text("hello"));
        state.activate(WITH_ANN);
        assertThat(all()).contains("hello ✓\n");
        apply(new ClientEvent.DeliveredMoved(WITH_ANN, ANN, 1));
        assertThat(all()).contains("hello ✓✓");
        apply(new ClientEvent.ReadMoved(WITH_ANN, ANN, 1));
        assertThat(all()).contains("hello ✓✓");
    }

    @Test
    void editsRecallsRepliesAndReactionsShow() {
        entry(WITH_ANN, 1, ANN, 0, text("teh first"));
        entry(WITH_ANN, 2, ANN, 0, new Body.Edit(1, new Content.Text("the first")));
        entry(WITH_ANN, 3, ME, 0, new Body.Message(new Content.Text("indeed"), 1, Mentions.NONE));
        entry(WITH_ANN, 4, ANN, 0, new Body.Reaction(3, "👍", true));
        entry(WITH_ANN, 5, ANN, 0, text("a secret"));
        entry(WITH_ANN, 6, ANN, 0, new Body.Recall(5));
        state.activate(WITH_ANN);
        assertThat(all())
                .contains("the first (edited)", "│ Ann: the first", "👍 1", "message recalled")
                .doesNotContain("secret", "teh");
        entry(WITH_ANN, 7, ANN, 0, new Body.Reaction(3, "👍", false));
        assertThat(all()).doesNotContain("👍");
    }

    @Test
    void unsentMessagesWaitAndRefusedOnesSayWhy() {
        Command.Send message =
                new Command.Send(WITH_ANN, "c1", new Content.Text("later"), 0, Mentions.NONE, Command.Priority.NORMAL);
        state.activate(WITH_ANN);
        apply(new ClientEvent.MessageQueued(message));
        apply(new ClientEvent.ConnectionChanged(new ConnectionState.Waiting("gone", NOON + 4_000)));
        assertThat(all()).contains("later …", "○ offline, 1 waiting, next try in 4 s");
        apply(new ClientEvent.MessageFailed(message, new Rejection(ErrorCode.BLOCKED, "user: 2")));
        assertThat(all()).contains("later ✗ not sent: one of you has blocked").doesNotContain("1 waiting");
    }

    @Test
    void longAndWideMessagesWrapBesideTheList() {
        entry(WITH_ANN, 1, ANN, 0, text("这是一个很长的中文消息".repeat(8)));
        entry(WITH_ANN, 2, ANN, 0, text("word ".repeat(60)));
        state.activate(WITH_ANN);
        assertThat(screen(24, 80)).filteredOn(line -> line.contains("消息")).hasSizeGreaterThan(1);
        assertThat(screen(10, 40)).hasSize(10);
        assertThat(screen(5, 20)).hasSize(5);
    }

    @Test
    void scrollsBackAndAsksForOlderOnes() {
        for (int i = 1; i <= 100; i++) {
            entry(WITH_ANN, i, ANN, i * 10L, text("message " + i + "."));
        }
        state.activate(WITH_ANN);
        assertThat(all()).contains("message 100.").doesNotContain("message 80.");
        state.room(WITH_ANN).scroll(60);
        assertThat(all()).contains("message 65.").doesNotContain("message 100.");
        assertThat(view.frame(24, 80, "", 0, NOON).wantsOlder()).isFalse();
        state.room(WITH_ANN).scroll(10_000);
        assertThat(view.frame(24, 80, "", 0, NOON).wantsOlder()).isTrue();
        assertThat(all()).contains("message 1.");
        state.room(WITH_ANN).addOlder(List.of(), false);
        assertThat(view.frame(24, 80, "", 0, NOON).wantsOlder()).isFalse();
    }

    @Test
    void typingAndNoticesAreInPlainWords() {
        state.activate(WITH_ANN);
        apply(new ClientEvent.Typing(WITH_ANN, ANN, true));
        assertThat(all()).contains("Ann is typing…");
        assertThat(view.frame(24, 80, "", 0, NOON + 10_000).lines().get(22).plain())
                .doesNotContain("typing");
        Body request = new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, ANN, 0, 4, "hi");
        entry(ConversationId.notices(ME), 1, 0, 0, request);
        state.activate(ConversationId.notices(ME));
        assertThat(String.join(" ", screen(24, 120))).contains("Ann asks to be your friend: “hi”", "/accept Ann");
        Body joined = new Body.MembersChanged(Body.MemberChange.JOINED, List.of(ME, ANN));
        entry(TEAM, 1, ANN, 0, joined);
        state.activate(TEAM);
        assertThat(all()).contains("Ann added you");
    }

    @Test
    void theInputScrollsWithItsCursor() {
        String typed = "你好".repeat(100);
        InputView end = InputView.of(typed, typed.length(), 40);
        assertThat(end.line().width()).isLessThanOrEqualTo(40);
        assertThat(end.cursor()).isBetween(36, 39);
        assertThat(InputView.of(typed, 0, 40).cursor()).isEqualTo(2);
        assertThat(InputView.of("a\nb", 3, 40).line().plain()).isEqualTo("› a⏎b");
    }
}
