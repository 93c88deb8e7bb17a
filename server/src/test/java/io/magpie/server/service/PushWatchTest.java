package io.magpie.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Posting;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.push.PushNotification;
import io.magpie.core.push.PushNotifications;
import io.magpie.core.push.PushSettings;
import io.magpie.core.push.PushStats;
import io.magpie.core.push.PushWatch;
import io.magpie.core.session.Weight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushWatchTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final Duration AFTER = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final List<Object> told = new ArrayList<>();
    private final List<PushNotification> offered = new ArrayList<>();
    private final PushStats stats = new PushStats();
    private World world;
    private PushWatch watch;

    @BeforeEach
    void open() {
        world = new World(folder);
        watch = watch(false);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whoDoesNotAcknowledgeInTimeIsNotifiedOnce() {
        long seq = send(PAIR, 1, "hi", Mentions.NONE);
        due(Duration.ofMillis(4999));
        assertThat(offered).isEmpty();
        due(Duration.ofMillis(1));
        assertThat(offered)
                .containsExactly(new PushNotification(
                        PAIR, seq, 1, world.now.get() - 5000, PushNotification.Kind.TEXT, null, null, List.of(2L)));
        due(AFTER);
        assertThat(offered).hasSize(1);
        assertThat(stats.waiting()).isZero();
        assertThat(stats.users()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenGoesOnlyIfTheOperatorSaysSoAndAsItStandsNow() {
        watch = watch(true);
        long seq = send(PAIR, 1, "typo", Mentions.NONE);
        commit(new Draft(PAIR, 1, null, new Body.Edit(seq, new Content.Text("text")), Draft.UNCHECKED));
        due(AFTER);
        assertThat(offered).map(PushNotification::text).containsExactly("text");
    }

    @Test
    void whatIsRecalledMeanwhileDoesNotGo() {
        long seq = send(PAIR, 1, "oops", Mentions.NONE);
        send(PAIR, 1, "fine", Mentions.NONE);
        commit(new Draft(PAIR, 1, null, new Body.Recall(seq), Draft.UNCHECKED));
        due(AFTER);
        assertThat(offered).map(PushNotification::seq).containsExactly(2L);
    }

    @Test
    void whoAcknowledgedOrReadItIsLeftAlone() {
        var group = group(LongStream.rangeClosed(1, 5));
        long seq = send(group, 1, "hi", Mentions.NONE);
        watch.acknowledgements().received(group, 2, seq);
        watch.acknowledgements().received(group, 3, seq - 1);
        edit(members -> members.advance(group, 4, seq, 0, 9));
        due(AFTER);
        assertThat(offered)
                .singleElement()
                .satisfies(one -> assertThat(one.users()).containsExactly(3L, 5L));
        send(PAIR, 1, "hi", Mentions.NONE);
        edit(members -> members.advance(PAIR, 2, 0, 1, 9));
        due(AFTER);
        assertThat(offered).hasSize(1);
    }

    @Test
    void mutedConversationsNotifyOnlyOfMentions() {
        var group = group(LongStream.rangeClosed(1, 3));
        edit(members -> members.preferences(group, 2, true, false, 0, 9));
        send(group, 1, "a", Mentions.NONE);
        send(group, 1, "b", new Mentions(false, List.of(3L)));
        send(group, 1, "c", new Mentions(false, List.of(2L)));
        send(group, 1, "d", Mentions.ALL);
        due(AFTER);
        assertThat(offered)
                .map(PushNotification::users)
                .containsExactly(List.of(3L), List.of(3L), List.of(2L, 3L), List.of(2L, 3L));
    }

    @Test
    void onlyWhatCountsAsUnreadAndOnlyForWhoMaySeeIt() {
        var group = group(LongStream.rangeClosed(1, 3));
        long seq = send(group, 1, "a", Mentions.NONE);
        commit(new Draft(group, 2, null, new Body.Reaction(seq, "x", true), Draft.UNCHECKED));
        edit(members -> members.join(group, List.of(4L), seq + 2, 9));
        edit(members -> members.end(group, List.of(3L), Member.State.LEFT, seq, 9));
        due(AFTER);
        assertThat(offered).singleElement().satisfies(one -> {
            assertThat(one.seq()).isEqualTo(seq);
            assertThat(one.users()).containsExactly(2L);
        });
        send(ConversationId.direct(7, 7), 7, "to myself", Mentions.NONE);
        due(AFTER);
        assertThat(offered).hasSize(1);
    }

    @Test
    void noticesNameWhoCausedThem() {
        var feed = ConversationId.notices(4);
        var notice = new Body.Notice(Body.NoticeEvent.INVITED, 9, 3, 0, null);
        world.store.transact(tx -> tx.record(feed, 0, notice, world.now.get()));
        watch.committed(world.store.log().ascending(feed, 1, 9, 9));
        assertThat(told).hasSize(1);
        due(AFTER);
        assertThat(offered).singleElement().satisfies(one -> {
            assertThat(one.sender()).isEqualTo(9);
            assertThat(one.kind()).isEqualTo(PushNotification.Kind.NOTICE);
            assertThat(one.event()).isEqualTo(Body.NoticeEvent.INVITED);
            assertThat(one.users()).containsExactly(4L);
        });
    }

    @Test
    void tenThousandMembersAwayAreOneNotification() {
        var group = group(LongStream.rangeClosed(1, 10_000));
        send(group, 1, "hi", Mentions.NONE);
        due(AFTER);
        assertThat(offered)
                .singleElement()
                .satisfies(one -> assertThat(one.users()).hasSize(9_999));
        var larger = group(LongStream.rangeClosed(1, 10_002));
        send(larger, 1, "hi", Mentions.NONE);
        due(AFTER);
        assertThat(offered.subList(1, offered.size()).stream()
                        .flatMap(one -> one.users().stream())
                        .distinct()
                        .count())
                .isEqualTo(10_001);
    }

    private PushWatch watch(boolean includeContent) {
        var delivery = new AfterCommit() {
            @Override
            public void committed(List<Entry> entries) {
                told.addAll(entries);
            }

            @Override
            public void settled(List<Settled> batch) {
                told.addAll(batch);
            }
        };
        var service = new PushNotifications() {
            @Override
            public void offer(PushNotification notification) {
                offered.add(notification);
            }

            @Override
            public void close() {}
        };
        return new PushWatch(
                delivery,
                world.store.log(),
                world.store.members(),
                service,
                new PushSettings(AFTER, includeContent),
                world.clock,
                stats);
    }

    private interface Edit {
        void on(Members.Edits members);
    }

    private void edit(Edit edit) {
        world.store.transact(tx -> {
            edit.on(tx.on(Members.Edits.class));
            return Outcome.done(true);
        });
    }

    private ConversationId group(LongStream users) {
        var made = new ArrayList<ConversationId>();
        world.store.transact(tx -> {
            var group = new Group(0, "g", "", "", JoinPolicy.OPEN, null, false, 0, 1, 5, 0);
            made.add(tx.on(Groups.Edits.class).insert(group).conversation());
            tx.on(Members.Edits.class).join(made.getFirst(), users.boxed().toList(), 1, 5);
            return Outcome.done(true);
        });
        return made.getFirst();
    }

    private long send(ConversationId conversation, long sender, String text, Mentions mentions) {
        var body = new Body.Message(new Content.Text(text), 0, mentions);
        return commit(new Draft(conversation, sender, null, body, Draft.UNCHECKED));
    }

    /// As the group commit does it.
    private long commit(Draft draft) {
        var result = world.store.log().append(List.of(draft), world.now.get()).getFirst();
        watch.settled(List.of(new Settled(new Posting(draft, Weight.DIRECT, null, (_, _) -> {}), result)));
        return ((AppendResult.Stored) result).seq();
    }

    private void due(Duration time) {
        world.pass(time);
        while (watch.next() == 0) {
            assertThat(stats.waiting()).isNotNegative();
        }
    }
}
