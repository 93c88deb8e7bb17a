package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.FreezingProxy;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/// What reaches whom, while nodes and engines are well.
interface DeliveryProofs extends OnThreeNodes {
    int BURST = 120;
    int ROUNDS = 900;
    int GROUPS = 100;
    int VOID = 30;
    String LAGGING = "lagging";
    Long TOLD_TO_PULL = 0L;

    /// First, as it waits longest: the cable between a client and its node is pulled, no end is told.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f10WhatWasSentToADeadSessionIsThereAtTheNextLoginElsewhere() throws Exception {
        var subject = Guests.name("f10-cut");
        try (var cable = FreezingProxy.before(Guests.webSocket(node(1)));
                var sender = Guests.at(node(0), Guests.name("sender"));
                var watcher = Guests.at(node(2), Guests.name("watcher"));
                var cut = Person.connected(cable.address(), Guests.token(subject), "phone", _ -> {})) {
            var conversation = Conversations.direct(sender, cut);
            cut.awaitEntry(conversation, sender.say(conversation, "Can you hear me?"));
            watcher.done("presence", "users", List.of(cut.id()));
            cable.pull();
            for (int i = 0; i < VOID; i++) {
                sender.say(conversation, "Into the void");
            }
            try (var tablet = Guests.at(node(2), subject, "tablet")) {
                assertThat(tablet.item(conversation).path("unread").asInt()).isEqualTo(1 + VOID);
                assertThat(tablet.history(conversation, 0)).hasSize(1 + VOID);
            }
            // Only the dead session is left, and it is found to be dead.
            assertThat(cable.unheard()).contains("\"bye\"").contains("idle");
            watcher.await(push -> Guests.is(push, "presence") && isOffline(push), "the end of the dead session");
            try (var phone = Guests.at(node(0), subject, "phone")) {
                phone.awaitEntry(conversation, sender.say(conversation, "Back?"));
            }
        }
    }

    private static boolean isOffline(JsonNode push) {
        return !push.path("states").get(0).path("online").asBoolean();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f5SendersOnThreeNodesAreSeenInOneOrderByEverybody() throws Exception {
        var reader = Guests.name("reader");
        List<ConcurrentLinkedQueue<JsonNode>> heard = new ArrayList<>();
        List<Person> readers = new ArrayList<>();
        List<Person> senders = new ArrayList<>();
        try {
            for (FleetNode node : fleet().nodes()) {
                var frames = new ConcurrentLinkedQueue<JsonNode>();
                heard.add(frames);
                readers.add(Guests.at(node, reader, "on " + node.id(), frames::add));
                senders.add(Guests.at(node, Guests.name("sender")));
            }
            var members = new ArrayList<>(senders.stream().map(Person::id).toList());
            var conversation = Guests.group(node(0), reader, members);
            List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                for (Person sender : senders) {
                    sends.add(sender.starting(conversation, "c" + i, "m" + i));
                }
            }
            var seqs = new TreeSet<Long>();
            for (var send : sends) {
                assertThat(seqs.add(Person.seq(Person.reply(send)))).isTrue();
            }
            long last = seqs.last();
            assertThat(seqs).hasSize(3 * BURST).first().isEqualTo(last - 3 * BURST + 1);
            for (int i = 0; i < readers.size(); i++) {
                readers.get(i).awaitEntry(conversation, last);
                var pushed = seqs(heard.get(i), conversation);
                if (pushed.remove(TOLD_TO_PULL)) {
                    pushed.removeIf(TOLD_TO_PULL::equals);
                    assertThat(pushed)
                            .as("pushed on %s", node(i).id())
                            .doesNotHaveDuplicates()
                            .isSorted();
                } else {
                    assertThat(pushed)
                            .as("pushed on %s", node(i).id())
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(2, last).boxed().toList());
                }
                assertThat(readers.get(i).history(conversation, 0))
                        .extracting(entry -> entry.path("seq").asLong())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, last).boxed().toList());
            }
        } finally {
            readers.forEach(Person::close);
            senders.forEach(Person::close);
        }
    }

    /// What was pushed, with [#TOLD_TO_PULL] for word that something was not.
    private static List<Long> seqs(Iterable<JsonNode> frames, String conversation) {
        List<Long> seqs = new ArrayList<>();
        for (JsonNode frame : frames) {
            if (Person.isEntry(frame, conversation)) {
                seqs.add(frame.path("seq").asLong());
            } else if (Guests.is(frame, LAGGING)) {
                seqs.add(TOLD_TO_PULL);
            }
        }
        return seqs;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f8ARepeatOnAnotherNodeGetsTheFirstAnswer() throws IOException {
        var subject = Guests.name("f8-sender");
        try (var receiver = Guests.at(node(1), Guests.name("receiver"))) {
            JsonNode first;
            String conversation;
            try (var sender = Guests.at(node(0), subject)) {
                conversation = Conversations.direct(sender, receiver);
                sender.say(conversation, "One before");
                first = Person.reply(sender.starting(conversation, "again", "Once"));
            }
            for (FleetNode node : fleet().nodes()) {
                try (var sender = Guests.at(node, subject)) {
                    var repeat = Person.reply(sender.starting(conversation, "again", "Once more"));
                    assertThat(Person.seq(repeat)).isEqualTo(Person.seq(first)).isEqualTo(2);
                    assertThat(repeat.path("duplicate").asBoolean()).isTrue();
                }
            }
            assertThat(receiver.history(conversation, 0)).hasSize(2);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f11EveryPlacementOfSenderAndReceiver() throws IOException {
        for (FleetNode from : fleet().nodes()) {
            for (FleetNode to : fleet().nodes()) {
                try (var sender = Guests.at(from, Guests.name("sender"));
                        var receiver = Guests.at(to, Guests.name("receiver"))) {
                    var conversation = Conversations.direct(sender, receiver);
                    for (int i = 1; i <= 3; i++) {
                        assertThat(sender.say(conversation, "m" + i)).isEqualTo(i);
                        receiver.awaitEntry(conversation, i);
                    }
                    assertThat(receiver.say(conversation, "back")).isEqualTo(4);
                    sender.awaitEntry(conversation, 4);
                }
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f12WhoLogsInOnOneNodeMissesNothingSentOnAnother() throws Exception {
        new SyncRace(
                        ROUNDS,
                        (pair, subject) -> Guests.at(node(pair % 3), subject),
                        (pair, subject, device) -> Guests.at(node((pair + 1) % 3), subject, device))
                .run();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f23TheFirstMessageOfAStrangerOnAnotherNodeIsInTheNextSync() throws IOException {
        var subject = Guests.name("f23-receiver");
        try (var stranger = Guests.at(node(0), Guests.name("stranger"))) {
            String conversation;
            try (var receiver = Guests.at(node(1), subject)) {
                conversation = Conversations.direct(stranger, receiver);
            }
            stranger.say(conversation, "We have never met");
            for (FleetNode node : fleet().nodes()) {
                try (var receiver = Guests.at(node, subject, "on " + node.id())) {
                    assertThat(receiver.item(conversation).path("unread").asInt())
                            .isEqualTo(1);
                    assertThat(receiver.history(conversation, 0)).hasSize(1);
                }
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f33AHundredGroupsOnThreeNodesReachTheirMembersOnceAndNobodyElse() throws Exception {
        var random = new Random(33);
        List<Person> people = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<ConcurrentLinkedQueue<String>> heard = new ArrayList<>();
        List<List<String>> due = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                var texts = new ConcurrentLinkedQueue<String>();
                names.add(Guests.name("f33"));
                people.add(Guests.at(node(i % 3), names.get(i), "phone", frame -> collect(frame, texts)));
                heard.add(texts);
                due.add(new ArrayList<>());
            }
            for (int i = 0; i < GROUPS; i++) {
                var members = random.ints(0, people.size())
                        .distinct()
                        .limit(4)
                        .boxed()
                        .toList();
                var ids = members.stream().skip(1).map(m -> people.get(m).id()).toList();
                int owner = members.getFirst();
                var conversation = Guests.group(node((owner + 1) % 3), names.get(owner), ids);
                Person speaker = people.get(members.getLast());
                Person.seq(Person.reply(speaker.starting(conversation, "m", conversation + " by " + speaker.id())));
                var text = conversation + " by " + speaker.id() + " in " + conversation;
                members.subList(0, 3).forEach(member -> due.get(member).add(text));
            }
            for (int i = 0; i < people.size(); i++) {
                int number = i;
                String own = " by " + people.get(i).id() + " ";
                OnThreeNodes.until(
                        "all at " + i,
                        () -> heard.get(number).containsAll(due.get(number))
                                || heard.get(number).contains(LAGGING));
                boolean lagged = heard.get(i).contains(LAGGING);
                assertThat(heard.get(i))
                        .filteredOn(text -> !text.contains(own) && !text.equals(LAGGING))
                        .doesNotHaveDuplicates()
                        .isSubsetOf(due.get(i))
                        .hasSizeBetween(
                                lagged ? 0 : due.get(i).size(), due.get(i).size());
            }
        } finally {
            people.forEach(Person::close);
        }
    }

    /// Texts as `CONVERSATION by SENDER in CONVERSATION`. What a node finds in the log it may show to the sender, too.
    private static void collect(JsonNode frame, ConcurrentLinkedQueue<String> texts) {
        var text = frame.path("body").path("content").path("text");
        if (Guests.is(frame, "entry") && !text.isMissingNode()) {
            texts.add(text.asString() + " in " + frame.path("conversation").asString());
        } else if (Guests.is(frame, LAGGING)) {
            texts.add(LAGGING);
        }
    }

    /// The end of the replaced session, told late, takes nothing from the new one.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f36ADeviceThatConnectsElsewhereReplacesItselfAndStays() throws Exception {
        String subject = Guests.name("f36-mover");
        try (var sender = Guests.at(node(2), Guests.name("sender"))) {
            var before = Guests.at(node(0), subject, "phone");
            for (int move = 1; move <= 6; move++) {
                var next = Guests.at(node(move % 3), subject, "phone");
                before.await(
                        push -> Guests.is(push, "bye")
                                && push.path("reason").asString("").equals("replaced"),
                        "replaced");
                before.awaitClosed();
                var conversation = Conversations.direct(sender, next);
                next.awaitEntry(conversation, sender.say(conversation, "Move " + move));
                // A node that does not answer within a second is taken to hold nobody.
                OnThreeNodes.until("online", () -> online(sender, next));
                before = next;
            }
            before.close();
        }
    }

    private static boolean online(Person asking, Person other) {
        var states = asking.done("presence", "users", List.of(other.id())).path("states");
        return states.get(0).path("online").asBoolean();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void f38HundredsOfTransitionsBeforeAThousandWatchesDelayNoMessage() throws Exception {
        List<String> moving = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            moving.add(Guests.name("f38"));
            try (var person = Guests.at(node(i % 3), moving.get(i))) {
                ids.add(person.id());
            }
        }
        List<PresenceView> watchers = new ArrayList<>();
        try (var sender = Guests.at(node(0), Guests.name("sender"));
                var receiver = Guests.at(node(1), Guests.name("receiver"))) {
            for (int i = 0; i < 36; i++) {
                watchers.add(PresenceView.at(node(i % 3), Guests.name("watcher"), ids));
            }
            var conversation = Conversations.direct(sender, receiver);
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < moving.size(); i++) {
                    Guests.at(node((i + round) % 3), moving.get(i)).close();
                    if (i % 10 == 0) {
                        receiver.awaitEntry(conversation, sender.say(conversation, "Meanwhile"));
                    }
                }
            }
            List<Person> back = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                back.add(Guests.at(node(i % 3), moving.get(i)));
            }
            for (PresenceView watcher : watchers) {
                OnThreeNodes.until("the right view", () -> watcher.online().equals(new TreeSet<>(ids.subList(0, 15))));
                // Never one frame per transition and node, however many there are.
                assertThat(watcher.frames()).isLessThanOrEqualTo(2 * 4 * moving.size() + back.size());
            }
            back.forEach(Person::close);
        } finally {
            watchers.forEach(PresenceView::close);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    default void presenceTypingAndCursorsCrossNodes() throws Exception {
        try (var one = Guests.at(node(0), Guests.name("one"))) {
            var other = Guests.at(node(1), Guests.name("other"));
            var conversation = Conversations.direct(one, other);
            one.say(conversation, "hello");
            other.awaitEntry(conversation, 1);
            OnThreeNodes.until("online", () -> online(one, other));
            other.done("read", "conversation", conversation, "seq", 1);
            one.await(push -> Guests.is(push, "read"), "the read mark");
            other.done("typing", "conversation", conversation, "active", true);
            one.await(push -> Guests.is(push, "typing"), "typing");
            other.close();
            one.await(push -> Guests.is(push, "presence") && isOffline(push), "the end of the other's presence");
        }
    }
}
