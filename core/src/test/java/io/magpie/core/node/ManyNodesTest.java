package io.magpie.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Soon;
import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.session.TestConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three nodes, one service.
class ManyNodesTest {
    private static final ConversationId PAIR = TestCluster.direct(1, 2);

    private final TestCluster cluster = new TestCluster();
    private final TestNode a = cluster.start("a", 1);
    private final TestNode b = cluster.start("b", 1);
    private final TestNode c = cluster.start("c", 1);

    @AfterEach
    void stopAll() {
        cluster.close();
    }

    @Test
    void f11EveryPlacementOfSenderAndReceiverWorks() {
        long user = 10;
        for (TestNode from : cluster.nodes()) {
            for (TestNode to : cluster.nodes()) {
                long receiver = ++user;
                var connection = to.connect(receiver);
                var pair = TestCluster.direct(1, receiver);
                from.send(pair, 1);
                from.send(pair, 1);
                Soon.until("both arrive", () -> connection.seqs().equals(List.of(1L, 2L)));
            }
        }
    }

    @Test
    void whoHoldsNobodyIsToldNothing() {
        var receiver = b.connect(2);
        for (int i = 0; i < 20; i++) {
            a.send(PAIR, 1);
        }
        Soon.until("all arrive", () -> receiver.seqs().size() == 20);
        assertThat(c.stats.arrivals()).isLessThanOrEqualTo(1);
        assertThat(c.deliveryStats.entries()).isZero();
    }

    @Test
    void f5ConcurrentSendersOnAllNodesAreSeenInOneOrder() throws Exception {
        var receivers = List.of(a.connect(2), b.connect(2, "x"), c.connect(2, "y"));
        a.send(PAIR, 1);
        Soon.until(
                "the first arrives",
                () -> receivers.stream().allMatch(r -> r.seqs().contains(1L)));
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (TestNode node : cluster.nodes()) {
                var _ = threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        node.send(PAIR, 1);
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        Soon.until("everything arrives", () -> {
            cluster.nodes().forEach(TestNode::holes);
            return receivers.stream().allMatch(r -> r.seqs().size() >= 301);
        });
        for (TestConnection receiver : receivers) {
            assertThat(receiver.seqs())
                    .isEqualTo(LongStream.rangeClosed(1, 301).boxed().toList());
        }
    }

    @Test
    void f5ARecordThatIsOvertakenWaitsForTheLog() {
        var receiver = c.connect(2);
        a.send(PAIR, 1);
        Soon.until("the first arrives", () -> receiver.seqs().equals(List.of(1L)));
        cluster.bus.hold("a"::equals);
        a.send(PAIR, 1);
        b.send(PAIR, 2);
        Soon.until("the second is missed", () -> c.deliveryStats.holes() > 0);
        assertThat(receiver.seqs()).containsExactly(1L);
        c.holes();
        assertThat(receiver.seqs()).containsExactly(1L, 2L, 3L);
        cluster.bus.hold(_ -> false);
        a.send(PAIR, 1);
        Soon.until("no repeats", () -> receiver.seqs().equals(List.of(1L, 2L, 3L, 4L)));
    }

    @Test
    void f7WhatTheBusLosesIsFoundThoughNothingFollows() {
        var receiver = b.connect(2);
        a.send(PAIR, 1);
        Soon.until("the first arrives", () -> receiver.seqs().equals(List.of(1L)));
        cluster.bus.lose(_ -> true);
        a.send(PAIR, 1);
        a.send(TestCluster.direct(2, 3), 3);
        cluster.halfAMinute();
        assertThat(entries(receiver)).containsExactly("d.1.2 1", "d.1.2 2", "d.2.3 1");
    }

    /// The first thing a node hears of a conversation is not the first that was meant for it.
    @Test
    void f7WhatWasLostBeforeTheFirstRecordIsTold() {
        var receiver = b.connect(2);
        cluster.now.addAndGet(60_000);
        cluster.bus.lose(_ -> true);
        a.send(PAIR, 1);
        Soon.until("it is lost", () -> a.stats.records() == 1);
        cluster.bus.lose(_ -> false);
        a.send(PAIR, 1);
        Soon.until("the second arrives", () -> receiver.seqs().equals(List.of(2L)));
        cluster.halfAMinute();
        assertThat(receiver.told()).contains(new Event.Lagging(List.of(PAIR)));
        assertThat(receiver.told().stream().filter(Event.Lagging.class::isInstance))
                .hasSize(1);
    }

    @Test
    void whoComesLaterIsNotToldWhatTheSyncHas() {
        var witness = b.connect(3);
        for (int i = 0; i < 30; i++) {
            a.send(PAIR, 1);
        }
        a.send(TestCluster.direct(1, 3), 1);
        Soon.until("all that was sent is told", () -> witness.seqs().equals(List.of(1L)));
        cluster.now.addAndGet(20_000);
        var receiver = b.connect(2);
        a.send(PAIR, 1);
        Soon.until("the next arrives", () -> receiver.seqs().equals(List.of(31L)));
        cluster.halfAMinute();
        assertThat(receiver.seqs()).containsExactly(31L);
        assertThat(receiver.told()).noneMatch(Event.Lagging.class::isInstance);
    }

    @Test
    void whoComesBackAfterAPauseDoesNotWaitForOldEntries() {
        var first = new TestConnection();
        var session = b.admit(2, "phone", first);
        a.send(PAIR, 1);
        Soon.until("the first arrives", () -> first.seqs().equals(List.of(1L)));
        b.disconnect(session);
        for (int i = 0; i < 30; i++) {
            a.send(PAIR, 1);
        }
        cluster.now.addAndGet(60_000);
        var again = b.connect(2, "phone");
        a.send(PAIR, 1);
        Soon.until("the next arrives at once", () -> again.seqs().contains(32L));
        assertThat(b.deliveryStats.holes()).isZero();
    }

    @Test
    void whileTheBusIsDownNothingIsLost() {
        var receiver = b.connect(2);
        a.send(PAIR, 1);
        Soon.until("the first arrives", () -> receiver.seqs().equals(List.of(1L)));
        cluster.bus.down(true);
        a.send(PAIR, 1);
        Soon.until("the failure is noticed", () -> a.stats.failures() > 0);
        cluster.bus.down(false);
        Soon.until("the suspect conversation is looked at", () -> {
            b.holes();
            return receiver.seqs().equals(List.of(1L, 2L));
        });
    }

    @Test
    void f4WhileTheDirectoryIsDownRecordsGoToEveryNode() {
        var receiver = b.connect(2);
        cluster.directory.down(true);
        a.send(PAIR, 1);
        Soon.until("it arrives", () -> receiver.seqs().equals(List.of(1L)));
        var late = c.connect(3);
        cluster.directory.down(false);
        Soon.until("the row is written", () -> cluster.directory.rows() >= 2);
        a.send(TestCluster.direct(1, 3), 1);
        Soon.until("it arrives", () -> late.seqs().equals(List.of(1L)));
    }

    @Test
    void f2AWipedDirectoryIsWholeAgainByItself() {
        var receiver = b.connect(2);
        cluster.members.groups.put(3L, List.of(7L));
        var member = c.connect(3);
        cluster.directory.wipe();
        Soon.until("the rows are back", () -> cluster.directory.rows() == 3);
        a.send(PAIR, 1);
        a.send(ConversationId.group(7), 1);
        Soon.until(
                "both arrive",
                () -> receiver.seqs().equals(List.of(1L)) && member.seqs().equals(List.of(1L)));
    }

    @Test
    void f12RegisterThenSyncAgainstStoreThenLookUp() throws Exception {
        try (var sending = Executors.newSingleThreadExecutor()) {
            for (long user = 100; user < 1_100; user++) {
                var pair = TestCluster.direct(1, user);
                var sent = sending.submit(() -> a.send(pair, 1));
                var receiver = b.connect(user);
                // The sync of a client, after it was let in.
                boolean synced =
                        !cluster.log.ascending(pair, 1, Long.MAX_VALUE, 10).isEmpty();
                sent.get();
                if (!synced) {
                    Soon.until("pushed if not synced", () -> receiver.seqs().equals(List.of(1L)));
                }
            }
        }
    }

    @Test
    void f33AGroupReachesItsMembersOnceAndNobodyElse() {
        Map<Long, TestConnection> online = new HashMap<>();
        for (long user = 1; user <= 60; user++) {
            cluster.members.groups.put(user, List.of(100 + user % 20));
            online.put(user, cluster.nodes().get((int) (user % 3)).connect(user));
        }
        for (long group = 100; group < 120; group++) {
            cluster.nodes().get((int) (group % 3)).send(ConversationId.group(group), 1);
        }
        Soon.until(
                "everybody hears",
                () -> online.values().stream().allMatch(it -> !it.seqs().isEmpty()));
        online.forEach(
                (user, connection) -> assertThat(entries(connection)).containsExactly("g." + (100 + user % 20) + " 1"));
    }

    @Test
    void whoIsBroughtIntoAGroupHearsWhatFollowsAtOnce() {
        var member = c.connect(3);
        var group = ConversationId.group(7);
        a.post(group, 1, new Body.MembersChanged(Body.MemberChange.JOINED, List.of(3L)));
        a.send(group, 1);
        Soon.until("both arrive", () -> {
            c.holes();
            return member.seqs().equals(List.of(1L, 2L));
        });
        a.post(group, 1, new Body.MembersChanged(Body.MemberChange.REMOVED, List.of(3L)));
        Soon.until("the removal arrives", () -> member.seqs().equals(List.of(1L, 2L, 3L)));
        a.send(group, 1);
        a.send(TestCluster.direct(1, 3), 1);
        Soon.until("something later arrives", () -> entries(member).contains("d.1.3 1"));
        assertThat(entries(member)).doesNotContain("g.7 4");
    }

    @Test
    void f31WhatADeadNodeToldNobodyIsFound() {
        var receiver = b.connect(2);
        a.send(PAIR, 1);
        Soon.until("the first arrives", () -> receiver.seqs().equals(List.of(1L)));
        a.commit(PAIR, 1, TestCluster.text("acknowledged, then killed"));
        a.die();
        b.holes();
        assertThat(receiver.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void f36SurvivorsRemoveTheRowsOfTheDeadAndOnlyThose() {
        a.connect(5);
        a.die();
        var again = cluster.start("a", 2);
        var back = again.connect(5);
        b.survivor.next();
        c.survivor.next();
        b.send(TestCluster.direct(1, 5), 1);
        Soon.until("the new session is found", () -> back.seqs().equals(List.of(1L)));
        assertThat(cluster.directory.rows()).isEqualTo(1);
    }

    @Test
    void aLogoutReachesEveryNode() {
        var here = a.connect(2, "phone");
        var there = b.connect(2, "desk");
        c.ends.ended(2, Set.of(2L), Fact.Ending.LOGGED_OUT);
        var bye = new Event.Bye(Event.Bye.Reason.LOGGED_OUT);
        Soon.until(
                "both are told", () -> here.told().contains(bye) && there.told().contains(bye));
    }

    @Test
    void aLogoutThatIsLostIsFound() {
        var there = b.connect(2);
        cluster.logins.closed.add(2L);
        cluster.bus.down(true);
        c.ends.ended(2, Set.of(2L), Fact.Ending.LOGGED_OUT);
        Soon.until("the failure is noticed", () -> c.stats.failures() > 0);
        cluster.bus.down(false);
        Soon.until("the session is closed", () -> {
            b.loginCheck.next();
            return there.told().contains(new Event.Bye(Event.Bye.Reason.LOGGED_OUT));
        });
    }

    @Test
    void f36ADeviceThatMovedKeepsItsNewestSession() {
        var first = a.connect(2, "phone");
        cluster.now.addAndGet(1_000);
        var second = b.connect(2, "phone");
        var replaced = new Event.Bye(Event.Bye.Reason.REPLACED);
        Soon.until("the first is told", () -> first.told().contains(replaced));
        b.ends.endHere(new Fact.Replaced(2, "phone", cluster.now.get() - 1_000));
        assertThat(second.told()).doesNotContain(replaced);
    }

    @Test
    void cursorsAndTypingCrossNodes() {
        var receiver = b.connect(2);
        a.delivery.tell(new Fact.Moved(Fact.Cursor.READ, PAIR, 1, 4), null);
        a.delivery.tell(new Fact.Typing(PAIR, 1, true), null);
        Soon.until(
                "both arrive",
                () -> receiver.told()
                        .containsAll(List.of(new Event.Read(PAIR, 1, 4), new Event.Typing(PAIR, 1, true))));
    }

    @Test
    void aCursorToldLateByAnotherNodeDoesNotGoBack() {
        var receiver = c.connect(2);
        a.delivery.tell(new Fact.Moved(Fact.Cursor.READ, PAIR, 1, 4), null);
        Soon.until("it arrives", () -> receiver.told().contains(new Event.Read(PAIR, 1, 4)));
        b.delivery.tell(new Fact.Moved(Fact.Cursor.READ, PAIR, 1, 3), null);
        b.delivery.tell(new Fact.Moved(Fact.Cursor.DELIVERED, PAIR, 1, 3), null);
        b.delivery.tell(new Fact.Moved(Fact.Cursor.READ, PAIR, 1, 5), null);
        Soon.until("the next arrives", () -> receiver.told().contains(new Event.Read(PAIR, 1, 5)));
        assertThat(receiver.told())
                .contains(new Event.Delivered(PAIR, 1, 3))
                .doesNotContain(new Event.Read(PAIR, 1, 3));
    }

    @Test
    void acknowledgementsInGroupsReachTheNodeThatCommitted() {
        cluster.members.groups.put(3L, List.of(7L));
        var group = ConversationId.group(7);
        var member = c.connect(3);
        a.send(group, 1);
        Soon.until("it arrives", () -> member.seqs().equals(List.of(1L)));
        c.acknowledgements.received(group, 3, 1);
        c.acknowledgements.next();
        Soon.until(
                "the committer knows",
                () -> a.acknowledged.getOrDefault(3L, List.of()).equals(List.of(1L)));
        assertThat(b.acknowledged).isEmpty();
    }

    private static List<String> entries(TestConnection connection) {
        var entries = new ArrayList<String>();
        connection.told().forEach(told -> {
            if (told instanceof Event.EntryAdded(var entry)) {
                entries.add(entry.conversation() + " " + entry.seq());
            }
        });
        return entries;
    }
}
