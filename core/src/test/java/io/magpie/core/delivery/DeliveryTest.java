package io.magpie.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Holdings;
import io.magpie.core.cluster.Relay;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.Posting;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.MemoryLog;
import io.magpie.core.log.Mentions;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.TestConnection;
import io.magpie.core.session.TestSessions;
import io.magpie.core.session.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final ConversationId DIRECT = ConversationId.direct(1, 2);
    private static final ConversationId GROUP = ConversationId.group(5);

    private final Sessions sessions = new Sessions();
    private final DeliveryStats stats = new DeliveryStats(() -> Instant.ofEpochMilli(1_000_000));
    private final TestMembers members = new TestMembers(Map.of(1L, List.of(5L), 2L, List.of(5L), 3L, List.of()));
    private final Audiences audiences = new Audiences(sessions, members, Holdings.NONE, () -> Instant.EPOCH);
    private final Delivery delivery = new Delivery(sessions, audiences, Relay.NONE, stats);
    private final MemoryLog log = new MemoryLog();
    private final Reconciler reconciler =
            new Reconciler(log, delivery, audiences, stats, () -> Instant.ofEpochMilli(1_000_000));

    @Test
    void theSendingConnectionGetsItsAnswerInsteadOfThePush() {
        var sender = online(1);
        var sendersPhone = online(1);
        var receiver = online(2);
        var draft = new Draft(DIRECT, 1, "c", text("hi"), 0);
        var sent = new Reply.Sent(DIRECT, 1, 9, false);
        var posting = new Posting(draft, Weight.DIRECT, sender, (_, answers) -> answers.answer(sender, "7", sent));

        delivery.settled(List.of(new Settled(posting, new AppendResult.Stored(1, 9, false))));

        assertThat(sender.told()).containsExactly(sent);
        var push = new Event.EntryAdded(new Entry(DIRECT, 1, 1, 9, "c", text("hi")));
        assertThat(sendersPhone.told()).containsExactly(push);
        assertThat(receiver.told()).containsExactly(push);
    }

    @Test
    void aRepeatIsAnsweredButNotPushedAgain() {
        var receiver = online(2);
        var posting = new Posting(new Draft(DIRECT, 1, "c", text("hi"), 0), Weight.DIRECT, null, (_, _) -> {});
        delivery.settled(List.of(new Settled(posting, new AppendResult.Stored(1, 9, true))));
        assertThat(receiver.told()).isEmpty();
    }

    /// The store lets somebody in before this node has delivered what came before: F25 from the other side.
    @Test
    void f25WhoeverConnectsRightAfterJoiningIsNotPushedWhatCameBefore() {
        var member = online(1);
        delivery.committed(List.of(entry(GROUP, 8)));
        members.visibleFrom = 10;
        var newcomer = online(2);

        LongStream.rangeClosed(9, 11).forEach(seq -> delivery.committed(List.of(entry(GROUP, seq))));

        assertThat(member.seqs()).containsExactly(8L, 9L, 10L, 11L);
        assertThat(newcomer.seqs()).containsExactly(10L, 11L);
    }

    /// F5: whatever the order in which commits are told, every reader sees 1, 2, 3, …
    @RepeatedTest(20)
    void f5EntriesArePushedInSeqOrder(RepetitionInfo repetition) {
        var receiver = online(2);
        delivery.committed(List.of(entry(DIRECT, 1)));
        var seqs = new ArrayList<>(LongStream.rangeClosed(2, 60).boxed().toList());
        Collections.shuffle(seqs, new Random(repetition.getCurrentRepetition()));
        seqs.forEach(seq -> delivery.committed(List.of(entry(DIRECT, seq))));
        assertThat(receiver.seqs())
                .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void aHoleIsFilledFromTheLog() {
        var receiver = online(2);
        LongStream.rangeClosed(1, 5).forEach(seq -> log.put(entry(DIRECT, seq)));
        delivery.committed(List.of(entry(DIRECT, 1)));
        delivery.committed(List.of(entry(DIRECT, 5)));
        assertThat(receiver.seqs()).containsExactly(1L);

        reconciler.holes();

        assertThat(receiver.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /// F7: the push of the last message is lost and nothing follows.
    @Test
    void f7WhatWasNeverToldIsFoundByTheSweep() {
        var receiver = online(2);
        delivery.committed(List.of(entry(DIRECT, 1)));
        log.put(entry(DIRECT, 1));
        log.put(entry(DIRECT, 2));

        reconciler.sweep();
        assertThat(receiver.seqs()).containsExactly(1L, 2L);

        reconciler.sweep();
        reconciler.sweep();
        assertThat(receiver.seqs()).containsExactly(1L, 2L);
    }

    /// F12: the group list is read while a `members` entry is delivered; whatever the order, the newer state
    /// wins.
    @Test
    void f12AJoinDuringTheLoginIsNotMissed() {
        members.whileReading = () -> {
            members.whileReading = () -> {};
            members.groups.put(3L, List.of(5L));
            delivery.committed(List.of(members(1, Body.MemberChange.JOINED, 3)));
        };
        var joined = online(3);
        delivery.committed(List.of(entry(GROUP, 2)));
        assertThat(joined.seqs()).containsExactly(2L);
    }

    @Test
    void aRemovalDuringTheLoginIsNotMissed() {
        members.whileReading = () -> {
            members.whileReading = () -> {};
            members.groups.put(2L, List.of());
            delivery.committed(List.of(members(1, Body.MemberChange.REMOVED, 2)));
        };
        var removed = online(2);
        delivery.committed(List.of(entry(GROUP, 2)));
        assertThat(removed.seqs()).isEmpty();
    }

    @Test
    void whoJoinsSeesTheEntryThatLetsHimInAndWhoGoesTheOneThatLetsHimOut() {
        var stays = online(1);
        var joins = online(3);
        delivery.committed(List.of(entry(GROUP, 1)));
        delivery.committed(List.of(members(2, Body.MemberChange.JOINED, 3)));
        delivery.committed(List.of(entry(GROUP, 3)));
        delivery.committed(List.of(members(4, Body.MemberChange.REMOVED, 3)));
        delivery.committed(List.of(entry(GROUP, 5)));
        assertThat(stays.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(joins.seqs()).containsExactly(2L, 3L, 4L);
    }

    /// F25: told late, a removal still takes effect at its seq.
    @Test
    void f25AMessageAfterTheRemovalNeverReachesTheRemoved() {
        var removed = online(2);
        delivery.committed(List.of(entry(GROUP, 1)));
        delivery.committed(List.of(entry(GROUP, 3)));
        delivery.committed(List.of(members(2, Body.MemberChange.REMOVED, 2)));
        assertThat(removed.seqs()).containsExactly(1L, 2L);
    }

    /// A node hears of a group with the entry that lets its own people in; what it is told of earlier is not theirs.
    @Test
    void whatCameBeforeTheFirstMemberIsNothingToPullFor() {
        var joins = online(3);
        delivery.committed(List.of(members(2, Body.MemberChange.JOINED, 3)));
        delivery.committed(List.of(entry(GROUP, 1)));
        delivery.committed(List.of(entry(GROUP, 3)));
        assertThat(joins.seqs()).containsExactly(2L, 3L);
        assertThat(joins.told()).noneMatch(Event.Lagging.class::isInstance);
    }

    @Test
    void whoIsLetInTooLateIsToldToPull() {
        var joins = online(3);
        delivery.committed(List.of(entry(GROUP, 3)));
        delivery.committed(List.of(members(2, Body.MemberChange.JOINED, 3)));
        assertThat(joins.told()).contains(new Event.Lagging(List.of(GROUP)));
    }

    @Test
    void aDissolvedGroupIsOver() {
        var member = online(1);
        var dissolved = new Body.GroupChanged(Body.GroupChange.DISSOLVED, null, null, null, null, null, null, null);
        delivery.committed(List.of(new Entry(GROUP, 1, 2, 0, null, dissolved)));
        delivery.committed(List.of(entry(GROUP, 2)));
        assertThat(member.seqs()).containsExactly(1L);
    }

    @Test
    void groupsDoNotMix() {
        var member = online(1);
        delivery.committed(List.of(entry(ConversationId.group(6), 1)));
        assertThat(member.told()).isEmpty();
    }

    @Test
    void aLeftSessionHearsNothing() {
        var connection = new TestConnection();
        var session = TestSessions.session(1, connection);
        audiences.prepare(1);
        sessions.add(session);
        audiences.entered(session);
        delivery.committed(List.of(entry(GROUP, 1)));
        sessions.remove(session);
        audiences.leave(1);
        delivery.committed(List.of(entry(GROUP, 2), entry(DIRECT, 1)));
        assertThat(connection.seqs()).containsExactly(1L);
    }

    private TestConnection online(long user) {
        var connection = new TestConnection();
        var session = TestSessions.session(user, connection);
        audiences.prepare(user);
        sessions.add(session);
        audiences.entered(session);
        return connection;
    }

    private static Body text(String text) {
        return new Body.Message(new Content.Text(text), 0, Mentions.NONE);
    }

    private static Entry entry(ConversationId conversation, long seq) {
        return new Entry(conversation, seq, 1, 0, "c" + seq, text("t" + seq));
    }

    private static Entry members(long seq, Body.MemberChange change, long user) {
        return new Entry(GROUP, seq, 1, 0, null, new Body.MembersChanged(change, List.of(user)));
    }
}
