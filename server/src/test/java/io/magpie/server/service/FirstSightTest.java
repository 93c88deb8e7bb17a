package io.magpie.server.service;

import static io.magpie.server.service.World.device;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.Identity;
import io.magpie.core.account.TokenService;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Store;
import io.magpie.core.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many people whom the identity provider sends for the first time, all at once.
class FirstSightTest {
    private static final int PEOPLE = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch everybodyIsHere = new CountDownLatch(1);
    private final AtomicInteger transactions = new AtomicInteger();
    private World world;
    private TokenService tokens;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder, Held::new);
        tokens = world.tokens(
                world.logins(DevicePolicy.ALL), jwt -> Outcome.done(new Identity(jwt.substring(2), "Name", null)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /// Every person comes twice and meets a store that is busy with the first of them.
    @Test
    void theyShareTransactionsAndEachBecomesOneAccount() throws InterruptedException {
        var seen = new ConcurrentSkipListSet<String>();
        crowd(i -> {
            String sub = "sub-" + i / 2;
            seen.add(sub + "=" + done(tokens.authenticate("a." + sub)).user());
        });
        assertThat(seen).hasSize(PEOPLE);
        assertThat(seen.stream().map(pair -> pair.substring(pair.indexOf('=')))).doesNotHaveDuplicates();
        for (String pair : seen) {
            String sub = pair.substring(0, pair.indexOf('='));
            long user = world.store.accounts().byExternal(sub).orElseThrow().id();
            assertThat(pair).isEqualTo(sub + "=" + user);
        }
        assertThat(transactions).as("one alone, then 799 by 256").hasValue(5);
    }

    @Test
    void theirDevicesShareTransactionsAsWell() throws InterruptedException {
        for (int i = 0; i < PEOPLE; i++) {
            world.store.transact(one(i));
        }
        crowd(i -> assertThat(done(tokens.authenticate("a.sub-" + i / 2, device("d" + i % 2, Platform.WEB)))
                        .id())
                .isPositive());
        for (int i = 0; i < PEOPLE; i++) {
            long user =
                    world.store.accounts().byExternal("sub-" + i).orElseThrow().id();
            assertThat(world.store.logins().ofUser(user)).hasSize(2);
        }
        assertThat(transactions).as("one alone, then 799 by 256").hasValue(5);
    }

    private Function<Transaction, Outcome<Account>> one(int number) {
        return tx -> Outcome.done(tx.on(Accounts.Edits.class)
                .insert(null, null, "sub-" + number, "Name", "", world.now.get())
                .orElseThrow());
    }

    /// Two for every person, all at once; the store does not move before they are there.
    private void crowd(IntConsumer each) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 2 * PEOPLE; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> each.accept(number)));
            await(() -> transactions.get() == 1);
        }
        await(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        everybodyIsHere.countDown();
        for (var thread : threads) {
            assertThat(thread.join(PATIENCE)).isTrue();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(5);
        }
    }

    /// Counts transactions; none begins before everybody is here.
    private final class Held implements Store {
        private final Store store;

        Held(Store store) {
            this.store = store;
        }

        @Override
        public Optional<String> problem() {
            return store.problem();
        }

        @Override
        public String epoch() {
            return store.epoch();
        }

        @Override
        public <T> Committed<T> transact(Function<Transaction, Outcome<T>> work) {
            transactions.incrementAndGet();
            try {
                everybodyIsHere.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return store.transact(work);
        }
    }
}
