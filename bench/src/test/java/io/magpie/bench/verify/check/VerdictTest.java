package io.magpie.bench.verify.check;

import static io.magpie.bench.verify.check.Story.ANN;
import static io.magpie.bench.verify.check.Story.BOB;
import static io.magpie.bench.verify.check.Story.DIRECT;
import static io.magpie.bench.verify.check.Story.item;
import static io.magpie.bench.verify.check.Story.members;
import static io.magpie.bench.verify.check.Story.message;
import static io.magpie.bench.verify.check.Story.recalled;
import static io.magpie.bench.verify.check.Story.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Body.MemberChange;
import io.magpie.core.log.Entry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of broken promise, told as a short history, is found by the check for it.
class VerdictTest {
    private static final ConversationId GROUP = ConversationId.group(9);
    private static final Entry FIRST = message(DIRECT, 1, ANN, "a1");
    private static final Entry SECOND = message(DIRECT, 2, ANN, "a2");

    private final Story story = new Story();
    private Where ann = new Where("", 0, "", 0);
    private Where bob = new Where("", 0, "", 0);

    @BeforeEach
    void twoPeopleAreConnected() {
        ann = story.online("ann-1", ANN, "node-1");
        bob = story.online("bob-1", BOB, "node-2");
    }

    @Test
    void aGoodHistoryHasNoViolation() {
        story.sends(ann, DIRECT, "a1", 1).pushed(bob, FIRST).sends(ann, DIRECT, "a1", 1, true);
        var unknown = send(DIRECT, "a2");
        long request = story.asks(ann, unknown);
        story.add(ann, new What.Unanswered(request, unknown, "the connection ended"))
                .offline(ann)
                .pushed(bob, SECOND)
                .does(bob, new Command.Read(DIRECT, 1), new Reply.Unread(1));
        ann = story.online("ann-1", ANN, "node-2");
        story.sends(ann, DIRECT, "a2", 2, true);
        over(item(DIRECT, 1, 2, 1, 1), FIRST, SECOND);
        Where back = story.online("bob-1", BOB, "node-1");
        story.lists(back, item(DIRECT, 1, 2, 1, 1));
        assertClean();
    }

    @Test
    void anAcknowledgedMessageIsGone() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a2", 2).pushed(bob, FIRST, SECOND);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Durability.NAME, "d.1.2 seq 2, acknowledged to 1, is gone", 3);
    }

    @Test
    void anAcknowledgedSeqHoldsSomethingElse() {
        story.sends(ann, DIRECT, "a1", 1).sends(bob, DIRECT, "b1", 1);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Durability.NAME, "d.1.2 seq 1, acknowledged to 2, is another entry at the end", 3);
        assertThat(whats(OneOrder.NAME)).contains("d.1.2 seq 1 was acknowledged for two messages");
    }

    @Test
    void aMessageIsStoredTwice() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a1", 2);
        over(item(DIRECT, 1, 2, 0, 2), FIRST, message(DIRECT, 2, ANN, "a1"));
        assertThat(whats(ExactlyOnce.NAME))
                .containsExactly(
                        "d.1.2 clientId a1 of 1 was acknowledged with different seqs",
                        "d.1.2 seq 1 and seq 2 are the same message");
    }

    @Test
    void aRepeatIsTakenForNew() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a1", 1).pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(ExactlyOnce.NAME, "d.1.2 clientId a1 of 1 was acknowledged as new more than once", 4);
    }

    @Test
    void anEntryWasSentByNobody() {
        story.pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(ExactlyOnce.NAME, "d.1.2 seq 1 was sent by nobody", 1);
    }

    @Test
    void twoDevicesSeeDifferentEntries() {
        story.sends(ann, DIRECT, "a1", 1)
                .sends(ann, DIRECT, "a2", 2)
                .pushed(bob, message(DIRECT, 1, ANN, "a2"), SECOND);
        over(item(DIRECT, 1, 2, 0, 2), FIRST, SECOND);
        assertThat(whats(OneOrder.NAME))
                .contains(
                        "d.1.2 seq 1 is two entries",
                        "d.1.2 seq 1 was acknowledged for one message and shown as another");
    }

    @Test
    void theLogHasAGap() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a2", 3);
        Entry third = message(DIRECT, 3, ANN, "a2");
        over(item(DIRECT, 1, 3, 0, 2), FIRST, third);
        assertFound(OneOrder.NAME, "d.1.2 has no seq 2, but seq 3", 2);
    }

    @Test
    void whatIsSentLaterComesEarlier() {
        story.sends(ann, DIRECT, "a2", 2).sends(bob, DIRECT, "b1", 1);
        over(item(DIRECT, 1, 2, 0, 1), message(DIRECT, 1, BOB, "b1"), SECOND);
        assertFound(RealTime.NAME, "d.1.2 seq 1 was sent after seq 2 had been acknowledged", 4);
    }

    @Test
    void aPushOvertakesAnother() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a2", 2).pushed(bob, SECOND, FIRST);
        over(item(DIRECT, 1, 2, 0, 2), FIRST, SECOND);
        assertFound(PushOrder.NAME, "d.1.2 seq 1 was pushed after seq 2", 2);
    }

    @Test
    void aPushLeavesAHole() {
        Entry third = message(DIRECT, 3, ANN, "a3");
        story.sends(ann, DIRECT, "a1", 1)
                .sends(ann, DIRECT, "a2", 2)
                .sends(ann, DIRECT, "a3", 3)
                .pushed(bob, FIRST, third);
        over(item(DIRECT, 1, 3, 0, 3), FIRST, SECOND, third);
        assertFound(PushOrder.NAME, "d.1.2 seq 3 was pushed without seq 2 before it", 2);
    }

    @Test
    void aHoleIsAllowedAfterLaggingAndForWhatTheSessionSaidItself() {
        Entry third = message(DIRECT, 3, BOB, "b3");
        Entry fourth = message(DIRECT, 4, ANN, "a4");
        story.sends(ann, DIRECT, "a1", 1)
                .pushed(bob, FIRST)
                .sends(ann, DIRECT, "a2", 2)
                .pushed(bob, new Event.Lagging(List.of()));
        story.asks(bob, send(DIRECT, "b3"));
        story.pushed(ann, third).sends(ann, DIRECT, "a4", 4).pushed(bob, fourth);
        over(item(DIRECT, 1, 4, 0, 3), FIRST, SECOND, third, fourth);
        assertThat(whats(PushOrder.NAME)).isEmpty();
    }

    @Test
    void aStrangerSeesAnEntry() {
        Where eve = story.online("eve-1", 3, "node-1");
        story.sends(ann, DIRECT, "a1", 1).pushed(eve, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Membership.NAME, "d.1.2 seq 1 was shown to 3, who was no member then", 2);
    }

    @Test
    void oneWhoLeftAGroupGoesOnReading() {
        Entry created = members(GROUP, 2, MemberChange.JOINED, ANN, BOB);
        Entry left = members(GROUP, 3, MemberChange.LEFT, BOB);
        Entry secret = message(GROUP, 4, ANN, "a1");
        story.pushed(bob, created, left).sends(ann, GROUP, "a1", 4).pushed(bob, secret);
        over(item(GROUP, 1, 4, 0, 0), message(GROUP, 1, 0, "made"), created, left, secret);
        assertThat(whats(Membership.NAME)).contains("g.9 seq 4 was shown to 2, who was no member then");
    }

    @Test
    void aConversationIsMissingInALaterList() {
        story.lists(bob, item(DIRECT, 1, 0, 0, 0)).lists(bob);
        assertFound(Completeness.NAME, "d.1.2 is missing in the list of 2", 3);
    }

    @Test
    void aListOmitsWhatWasKnown() {
        story.sends(ann, DIRECT, "a1", 1).lists(bob, item(DIRECT, 1, 0, 0, 0)).pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Completeness.NAME, "d.1.2 ends at seq 0 in the list of 2, but seq 1 was known", 3);
    }

    @Test
    void aLastPageEndsTooEarly() {
        story.sends(ann, DIRECT, "a1", 1).sends(ann, DIRECT, "a2", 2).fetches(bob, FIRST);
        over(item(DIRECT, 1, 2, 0, 2), FIRST, SECOND);
        assertFound(Completeness.NAME, "d.1.2 ends at seq 1 in the history of 2, but seq 2 was known", 3);
    }

    @Test
    void aDeviceThatCameBackLacksAnEntry() {
        story.sends(ann, DIRECT, "a1", 1).pushed(bob, FIRST).offline(bob).sends(ann, DIRECT, "a2", 2);
        over(item(DIRECT, 1, 2, 0, 2), FIRST, SECOND);
        story.online("bob-1", BOB, "node-1");
        assertThat(whats(Holdings.NAME)).containsExactly("bob-1 does not hold d.1.2 seq 2");
    }

    @Test
    void theAnswerToARecallIsHeldLikeItsPush() {
        Entry recall = new Entry(DIRECT, 2, ANN, 2, null, new Body.Recall(1));
        story.sends(ann, DIRECT, "a1", 1)
                .does(ann, new Command.Recall(DIRECT, 1), new Reply.Recorded(2))
                .pushed(bob, FIRST, recall)
                .offline(ann);
        over(item(DIRECT, 1, 2, 0, 1), FIRST, recall);
        story.online("ann-1", ANN, "node-1");
        assertThat(story.verdict().result(Holdings.NAME).looked()).isPositive();
        assertThat(whats(Holdings.NAME)).isEmpty();
    }

    @Test
    void anEntryIsNeverPushed() {
        story.sends(ann, DIRECT, "a1", 1).later(40);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Repair.NAME, "d.1.2 seq 1 was not shown to bob-1 in 40.0 s", 2);
    }

    @Test
    void anEntryIsPushedTooLate() {
        story.sends(ann, DIRECT, "a1", 1).later(31).pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertFound(Repair.NAME, "d.1.2 seq 1 was shown to bob-1 only after 31.0 s", 3);
    }

    @Test
    void aFrozenNodeHasAsMuchMoreTimeForTheRepair() {
        story.sends(ann, DIRECT, "a1", 1)
                .fault("pause", "node-2", true)
                .later(10)
                .fault("pause", "node-2", false)
                .later(25)
                .pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertThat(whats(Repair.NAME)).isEmpty();
    }

    @Test
    void aFrozenNodeIsNoExcuseForAnother() {
        story.sends(ann, DIRECT, "a1", 1)
                .fault("pause", "node-1", true)
                .later(10)
                .fault("pause", "node-1", false)
                .later(25)
                .pushed(bob, FIRST);
        over(item(DIRECT, 1, 1, 0, 1), FIRST);
        assertThat(whats(Repair.NAME)).hasSize(1);
    }

    @Test
    void unreadIsOffByOne() {
        Entry recalled = recalled(DIRECT, 1, ANN, "a1", 3);
        Entry recall = new Entry(DIRECT, 3, ANN, 3, null, new Body.Recall(1));
        story.sends(ann, DIRECT, "a1", 1)
                .sends(ann, DIRECT, "a2", 2)
                .does(ann, new Command.Recall(DIRECT, 1), new Reply.Recorded(3));
        over(item(DIRECT, 1, 3, 0, 2), recalled, SECOND, recall);
        assertFound(UnreadOracle.NAME, "d.1.2: 2 unread for 2, who has read to seq 0 of 1..3 (expected: 1)", 1);
    }

    @Test
    void whatWasReadIsUnreadAgain() {
        story.does(bob, new Command.Read(DIRECT, 2), new Reply.Unread(0)).lists(bob, item(DIRECT, 1, 2, 1, 1));
        assertFound(ReadCursors.NAME, "d.1.2 is read to seq 1 in the list of 2, who had read to seq 2", 3);
    }

    @Test
    void aReadCursorGoesBack() {
        story.asks(bob, new Command.Read(DIRECT, 2));
        story.asks(bob, new Command.Read(DIRECT, 1));
        story.pushed(ann, new Event.Read(DIRECT, BOB, 2)).pushed(ann, new Event.Read(DIRECT, BOB, 1));
        assertFound(ReadCursors.NAME, "d.1.2: the read cursor of 2 went back from seq 2 to seq 1", 2);
    }

    @Test
    void aReadCursorStandsWhereNobodyPutIt() {
        story.pushed(ann, new Event.Read(DIRECT, BOB, 5));
        assertFound(ReadCursors.NAME, "d.1.2: 2 never said to have read to seq 5", 1);
    }

    @Test
    void oneWhoLeftIsStillThere() {
        var watch = new Command.Presence(List.of(BOB));
        story.does(ann, watch, new Reply.Presence(List.of(new PresenceState(BOB, true, List.of(), 0))))
                .milestone(Line.Phase.ALL_PRESENT)
                .offline(bob)
                .milestone(Line.Phase.SOME_PRESENT);
        assertFound(Presence.NAME, "ann-1 was last told that 2 is online (expected: offline)", 1);
    }

    @Test
    void presenceIsRightOncePushed() {
        var watch = new Command.Presence(List.of(BOB));
        story.does(ann, watch, new Reply.Presence(List.of(new PresenceState(BOB, true, List.of(), 0))))
                .offline(bob)
                .pushed(ann, new Event.Presence(List.of(new PresenceState(BOB, false, List.of(), 1))))
                .milestone(Line.Phase.SOME_PRESENT);
        assertClean();
    }

    /// Faults are over, and both look: Bob sees the item, Ann has read everything.
    private void over(ConversationItem bobs, Entry... entries) {
        story.milestone(Line.Phase.FINAL_VIEW);
        story.looks(ANN, item(bobs.conversation(), bobs.firstSeq(), bobs.lastSeq(), bobs.lastSeq(), 0), entries);
        story.looks(BOB, bobs, entries);
    }

    private List<String> whats(String check) {
        return story.verdict().result(check).violations().stream()
                .map(Violation::what)
                .toList();
    }

    /// By this check, and with a history of so many lines.
    private void assertFound(String check, String what, int lines) {
        List<Violation> found = story.verdict().result(check).violations();
        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.what()).isEqualTo(what);
            assertThat(violation.shown()).hasSize(lines);
        });
    }

    private void assertClean() {
        assertThat(story.verdict().results())
                .allSatisfy(result ->
                        assertThat(result.violations()).as(result.check()).isEmpty());
    }
}
