package io.magpie.server.service;

import static io.magpie.server.service.World.device;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.DemoAuthenticator;
import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.NewAccount;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAuthenticatorTest {
    private World world;
    private DemoAuthenticator demo;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        var logins = world.logins(DevicePolicy.ALL);
        demo = new DemoAuthenticator(
                world.tokens(logins, null), world.journal, world.store.accounts(), logins, world.clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private long user(String id, String device) {
        return done(demo.authenticate(DemoAuthenticator.token(id), device(device, Platform.WEB)))
                .user();
    }

    @Test
    void whoeverSaysANumberIsThatUserAndOthersGetTheIdsAbove() {
        assertThat(user("5", "a")).isEqualTo(5);
        assertThat(user("2", "a")).isEqualTo(2);
        assertThat(user("5", "b")).isEqualTo(5);
        assertThat(world.account(5).nickname()).isEqualTo("User 5");
        long registered = done(world.accounts()
                        .register(new NewAccount("ada", "correct horse", null, null, null), "127.0.0.1"))
                .id();
        assertThat(registered).isGreaterThan(5);
        assertThat(user(Long.toString(registered), "c")).isEqualTo(registered);
        assertThat(world.account(registered).username()).isEqualTo("ada");
    }

    @Test
    void theSameNumberAtTheSameTimeIsOneAccount() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> pages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                var device = "d" + i;
                pages.add(() -> user("9", device));
            }
            var users = new HashSet<Long>();
            for (var one : threads.invokeAll(pages)) {
                users.add(one.get());
            }
            assertThat(users).containsExactly(9L);
        }
    }

    @Test
    void whatIsNoNumberIsNobody() {
        for (var id : List.of("", "0", "-1", "01", "x", "1.5", "1000001", "99999999999999999999")) {
            assertThat(demo.authenticate(DemoAuthenticator.token(id), device("a", Platform.WEB)))
                    .as(id)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
        }
        assertThat(demo.authenticate("some-token", device("a", Platform.WEB))).isInstanceOf(Outcome.Rejected.class);
    }
}
