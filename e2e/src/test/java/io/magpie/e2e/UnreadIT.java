package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The unread number, where other servers got it wrong.
@ExtendWith(SharedNode.class)
class UnreadIT {
    private static final long BEYOND_THE_END = 1_000_000_000;

    private final Node node;

    UnreadIT(Node node) {
        this.node = node;
    }

    @Test
    void f18_ownMessagesAreNotUnreadAfterReconnecting() throws Exception {
        String direct;
        String group;
        try (var me = Person.of(node, "f18-me");
                var peer = Person.of(node, "f18-peer")) {
            direct = Conversations.direct(me, peer);
            group = Group.of(node, "f18-me", peer).conversation();
            String notes = Conversations.direct(me, me);
            for (int i = 0; i < 5; i++) {
                me.say(direct, "Mine");
                me.say(group, "Mine");
                me.say(notes, "Mine");
            }
            peer.say(direct, "Yours");
            assertThat(me.unread(notes)).isZero();
        }
        for (String device : new String[] {"device of f18-me", "a new device"}) {
            try (var me = Person.at(node, "f18-me", device)) {
                assertThat(me.unread(direct)).isEqualTo(1);
                assertThat(me.unread(group)).isZero();
            }
        }
        try (var peer = Person.of(node, "f18-peer")) {
            assertThat(peer.unread(direct)).isEqualTo(5);
            assertThat(peer.unread(group)).isEqualTo(5);
        }
    }

    @Test
    void aReadCursorThatStaysIsNotToldAsIfItWentBack() throws Exception {
        try (var me = Person.of(node, "cursor-me");
                var peer = Person.of(node, "cursor-peer")) {
            String conversation = Conversations.direct(me, peer);
            for (int i = 0; i < 6; i++) {
                peer.say(conversation, "Read me");
            }
            me.read(conversation, 4);
            // What moves is written together with what does not.
            me.done("received", "conversation", conversation, "seq", 6);
            me.read(conversation, 2);
            me.read(conversation, 5);
            List<Long> told = new ArrayList<>();
            peer.await(
                    push -> {
                        if (isRead(push, conversation)) {
                            told.add(push.path("seq").asLong());
                        }
                        return told.contains(5L);
                    },
                    "the cursor at 5");
            assertThat(told).containsExactly(4L, 5L);
        }
    }

    private static boolean isRead(JsonNode push, String conversation) {
        return push.path("type").asString().equals("read")
                && push.path("conversation").asString().equals(conversation);
    }

    @Test
    void f19_readingAlwaysClearsAndRepeatingItChangesNothing() throws Exception {
        try (var me = Person.of(node, "f19-me");
                var peer = Person.of(node, "f19-peer")) {
            String conversation = Conversations.direct(me, peer);
            for (int i = 0; i < 10; i++) {
                peer.say(conversation, "Read me");
            }
            assertThat(me.read(conversation, 4)).isEqualTo(6);
            assertThat(me.read(conversation, 4)).isEqualTo(6);
            assertThat(me.read(conversation, 2)).isEqualTo(6);
            assertThat(me.read(conversation, 10)).isZero();
            assertThat(me.read(conversation, 10)).isZero();
            assertThat(me.read(conversation, BEYOND_THE_END)).isZero();
            assertThat(me.item(conversation).path("readSeq").asLong()).isEqualTo(10);

            peer.say(conversation, "And me");
            assertThat(me.unread(conversation)).isEqualTo(1);
            assertThat(me.read(conversation, BEYOND_THE_END)).isZero();
            assertThat(me.unread(conversation)).isZero();
        }
    }

    @Test
    void f20_recallingLowersIt() throws Exception {
        try (var me = Person.of(node, "f20-me");
                var peer = Person.of(node, "f20-peer")) {
            String conversation = Conversations.direct(me, peer);
            long first = peer.say(conversation, "One");
            peer.say(conversation, "Two");
            long third = peer.say(conversation, "Three");
            peer.done("recall", "conversation", conversation, "seq", third);
            assertThat(me.unread(conversation)).isEqualTo(2);
            // What was read before is not taken off again.
            assertThat(me.read(conversation, first)).isEqualTo(1);
            peer.done("recall", "conversation", conversation, "seq", first);
            assertThat(me.unread(conversation)).isEqualTo(1);
            assertThat(me.read(
                            conversation, me.item(conversation).path("lastSeq").asLong()))
                    .isZero();
        }
    }

    @Test
    void f20_rejoiningStartsFromZero() throws Exception {
        try (var owner = Person.of(node, "f20-owner");
                var me = Person.of(node, "f20-member")) {
            var group = Group.of(node, "f20-owner", me);
            String conversation = group.conversation();
            owner.say(conversation, "Before");
            assertThat(me.unread(conversation)).isEqualTo(1);
            group.leave("f20-member");
            owner.say(conversation, "While away");
            group.join("f20-member");
            assertThat(me.unread(conversation)).isZero();
            owner.say(conversation, "Back again");
            assertThat(me.unread(conversation)).isEqualTo(1);
            assertThat(me.read(conversation, BEYOND_THE_END)).isZero();
        }
    }

    @Test
    void f21_thePeersReadingDoesNotLowerMine() throws Exception {
        try (var me = Person.of(node, "f21-me");
                var peer = Person.of(node, "f21-peer");
                var third = Person.of(node, "f21-third")) {
            String direct = Conversations.direct(me, peer);
            String group = Group.of(node, "f21-me", peer, third).conversation();
            for (int i = 0; i < 3; i++) {
                peer.say(direct, "For you");
                third.say(group, "For both of you");
            }
            peer.read(direct, BEYOND_THE_END);
            peer.read(group, BEYOND_THE_END);
            third.read(group, BEYOND_THE_END);

            assertThat(me.unread(direct)).isEqualTo(3);
            assertThat(me.unread(group)).isEqualTo(3);
            assertThat(peer.unread(group)).isZero();
        }
    }

    @Test
    void f22_groupsIHaveLeftDoNotCount() throws Exception {
        try (var owner = Person.of(node, "f22-owner");
                var me = Person.of(node, "f22-me")) {
            var left = Group.of(node, "f22-owner", me);
            var removed = Group.of(node, "f22-owner", me);
            var dissolved = Group.of(node, "f22-owner", me);
            for (var group : new Group[] {left, removed, dissolved}) {
                owner.say(group.conversation(), "Unread");
            }
            left.leave("f22-me");
            removed.remove("f22-owner", me.id());
            node.api(node.token("f22-owner"))
                    .delete("/api/v1/groups/" + dissolved.id())
                    .expect(204);
            owner.say(left.conversation(), "Not for you");
            owner.say(removed.conversation(), "Not for you");

            var items = me.synced(0);
            assertThat(Person.in(items, left.conversation()).path("state").asString())
                    .isEqualTo("left");
            assertThat(Person.in(items, removed.conversation()).path("state").asString())
                    .isEqualTo("removed");
            assertThat(Person.in(items, dissolved.conversation()).path("state").asString())
                    .isEqualTo("dissolved");
            for (var group : new Group[] {left, removed, dissolved}) {
                assertThat(Person.in(items, group.conversation()).path("unread").asInt())
                        .isZero();
            }
        }
    }

    @Test
    void countingStopsAtAThousand() throws Exception {
        try (var me = Person.of(node, "unread-cap-me");
                var peer = Person.of(node, "unread-cap-peer")) {
            String conversation = Conversations.direct(me, peer);
            for (int i = 0; i < 1010; i++) {
                var _ = peer.starting(conversation, "m" + i, "Many");
            }
            peer.say(conversation, "Last");
            assertThat(me.unread(conversation)).isEqualTo(1000);
            assertThat(me.read(conversation, 11)).isEqualTo(1000);
            assertThat(me.read(conversation, 12)).isEqualTo(999);
        }
    }
}
