package io.magpie.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.DevicePolicy;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.sync.ConversationService;
import io.magpie.core.sync.HistoryService;
import io.magpie.core.sync.SyncService;
import io.magpie.core.upkeep.Chore;
import io.magpie.core.upkeep.LiveLogins;
import io.magpie.core.upkeep.Retention;
import io.magpie.core.upkeep.Sweep;
import io.magpie.core.upkeep.UpkeepStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path folder;

    private World world;
    private UpkeepStats stats;

    @BeforeEach
    void open() {
        world = new World(folder);
        stats = new UpkeepStats();
        world.person("ada");
        world.person("bob");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatIsTooOldIsGoneAndEverybodyHoldsTheRest() {
        send(PAIR, 1, 5);
        world.pass(Duration.ofDays(20));
        send(PAIR, 1, 3);
        world.pass(Duration.ofDays(20));
        long synced = world.now.get() - 1;
        assertThat(items(2, synced)).isEmpty();

        round(retention());

        assertThat(stats.entries()).isEqualTo(5);
        assertThat(items(2, synced)).singleElement().satisfies(item -> {
            assertThat(item.firstSeq()).isEqualTo(6);
            assertThat(item.lastSeq()).isEqualTo(8);
            assertThat(item.unread()).isEqualTo(3);
            assertThat(item.last()).isNotNull();
        });
        assertThat(history(new Command.Range.After(0))).containsExactly(6L, 7L, 8L);
        assertThat(history(new Command.Range.Before(8))).containsExactly(6L, 7L);
        assertThat(World.code(conversations().readers(1, PAIR, 5, 10))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(World.done(conversations().readers(1, PAIR, 6, 10))).containsExactly();
    }

    @Test
    void whereAllIsGoneThereIsNothingToSee() {
        send(PAIR, 1, 5);
        world.pass(MONTH.plusDays(1));
        send(ConversationId.direct(2, 2), 2, 1);
        round(retention());
        assertThat(items(2, world.now.get() - 1).getFirst()).satisfies(item -> {
            assertThat(item.conversation()).isEqualTo(PAIR);
            assertThat(item.firstSeq()).isEqualTo(6);
            assertThat(item.lastSeq()).isEqualTo(5);
            assertThat(item.unread()).isZero();
            assertThat(item.last()).isNull();
        });
        assertThat(history(new Command.Range.After(0))).isEmpty();
        send(PAIR, 1, 1);
        assertThat(history(new Command.Range.After(0))).containsExactly(6L);
    }

    /// Who left long ago saw less and less, and in the end nothing.
    @Test
    void theRangeOfWhoLeftIsClippedToo() {
        send(PAIR, 1, 4);
        world.journal.transact(tx -> {
            tx.on(Members.Edits.class).end(PAIR, List.of(2L), Member.State.LEFT, 3, world.now.get());
            return Outcome.done(true);
        });
        world.pass(MONTH.plusDays(1));
        send(PAIR, 1, 1);
        round(retention());
        assertThat(items(2, 0)).singleElement().satisfies(item -> {
            assertThat(item.firstSeq()).isEqualTo(5);
            assertThat(item.lastSeq()).isEqualTo(3);
            assertThat(item.last()).isNull();
        });
    }

    @Test
    void deletesInSmallBatchesWithPauses() {
        for (int peer = 2; peer < 302; peer++) {
            send(ConversationId.direct(1, peer), 1, peer == 2 ? 1000 : 1);
        }
        world.pass(MONTH.plusDays(1));
        send(ConversationId.direct(1, 1), 1, 1);
        var retention = retention();
        List<Long> deleted = new ArrayList<>();
        long before = 0;
        for (long pause = 0; pause < 60_000; before = stats.entries()) {
            pause = retention.next();
            deleted.add(stats.entries() - before);
            assertThat(stats.entries() == before || pause >= 20).isTrue();
        }
        assertThat(stats.entries()).isEqualTo(1299);
        assertThat(deleted).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(250));
        // Conversations with one old entry each share a transaction.
        assertThat(deleted.stream().filter(count -> count > 0).count()).isLessThanOrEqualTo(7);
    }

    @Test
    void nothingIsDeletedBeforeItsTime() {
        send(PAIR, 1, 5);
        world.pass(MONTH);
        send(PAIR, 1, 1);
        round(retention());
        assertThat(stats.entries()).isZero();
        world.pass(Duration.ofMillis(1));
        round(retention());
        assertThat(stats.entries()).isEqualTo(5);
    }

    @Test
    void expiredLoginsAreSweptAndLivingOnesStay() {
        var logins = world.logins(DevicePolicy.ALL);
        var password = World.PASSWORD;
        var old = World.done(logins.logIn("ada", password, World.device("old", Platform.IOS), World.ADDRESS));
        world.pass(Duration.ofDays(4));
        var lasting = World.done(logins.logIn("ada", password, World.device("new", Platform.IOS), World.ADDRESS));
        world.pass(Duration.ofDays(4));
        var sweep = new Sweep(world.journal, world.clock, stats);
        round(sweep);
        assertThat(world.store.logins().find(old.login().id())).isPresent();
        world.pass(Duration.ofMillis(1));
        round(sweep);
        assertThat(world.store.logins().ofUser(1)).containsExactly(lasting.login());
        assertThat(stats.logins()).isEqualTo(1);
    }

    @Test
    void aLoginDoesNotExpireWhileItsDeviceIsConnected() {
        var logins = world.logins(DevicePolicy.ALL);
        var connected =
                World.done(logins.logIn("ada", World.PASSWORD, World.device("on", Platform.IOS), World.ADDRESS));
        var away = World.done(logins.logIn("bob", World.PASSWORD, World.device("off", Platform.IOS), World.ADDRESS));
        world.live(connected.login());
        world.live(connected.login());
        var prolonging = new LiveLogins(world.journal, world.sessions, world.clock);
        for (int day = 0; day < 9; day++) {
            round(prolonging);
            world.pass(Duration.ofDays(1));
        }
        round(new Sweep(world.journal, world.clock, stats));
        assertThat(world.store.logins().find(connected.login().id()))
                .hasValueSatisfying(login -> assertThat(login.expiresAt()).isGreaterThan(world.now.get()));
        assertThat(world.store.logins().find(away.login().id())).isEmpty();
    }

    @Test
    void answeredRequestsAreSweptAndOpenOnesStay() {
        long carl = world.person("carl");
        var contacts = world.contacts();
        long answered = World.done(contacts.ask(1, 2, "", "")).id();
        long open = World.done(contacts.ask(1, carl, "", "")).id();
        World.done(contacts.decline(2, answered));
        world.pass(Duration.ofDays(90).plusMillis(1));
        round(new Sweep(world.journal, world.clock, stats));
        assertThat(contacts.requests(1))
                .singleElement()
                .satisfies(left -> assertThat(left.id()).isEqualTo(open));
        assertThat(stats.requests()).isEqualTo(1);
    }

    private Retention retention() {
        return new Retention(world.store.oldEntries(), world.journal, MONTH, world.clock, stats);
    }

    /// Until it rests.
    private static void round(Chore chore) {
        long pause = 0;
        while (pause < 60_000) {
            pause = chore.next();
        }
    }

    private void send(ConversationId conversation, long sender, int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var body = new Body.Message(new Content.Text("hi"), 0, Mentions.NONE);
            drafts.add(new Draft(conversation, sender, null, body, Draft.UNCHECKED));
        }
        world.store.log().append(drafts, world.now.get());
    }

    private List<ConversationItem> items(long user, long since) {
        return World.done(sync().sync(user, since, null)).items();
    }

    private List<Long> history(Command.Range range) {
        return World.done(histories().history(2, new Command.History(PAIR, range, 100))).entries().stream()
                .map(Entry::seq)
                .toList();
    }

    private SyncService sync() {
        var store = world.store;
        return new SyncService(
                store.members(), store.log(), store.groups(), store.accounts(), store.contacts(), world.clock);
    }

    private HistoryService histories() {
        return new HistoryService(world.store.members(), world.store.log());
    }

    private ConversationService conversations() {
        return new ConversationService(
                histories(), sync(), world.store.members(), world.store.log(), world.journal, world.clock);
    }
}
