package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.device;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.Identity;
import io.magpie.core.account.TokenService;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenServiceTest {
    private World world;
    private TokenService tokens;
    private Identity identity = new Identity("sub-1", "Ada", "https://example.org/a.png");

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        tokens = world.tokens(
                world.logins(DevicePolicy.ALL),
                jwt -> jwt.equals("a.b.c")
                        ? Outcome.done(identity)
                        : Outcome.rejected(ErrorCode.UNAUTHENTICATED, "token: refused"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void firstSightCreatesTheAccountOnce() throws Exception {
        List<Callable<Long>> calls = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Long>) () -> i % 2 == 0
                        ? done(tokens.authenticate("a.b.c")).user()
                        : done(tokens.authenticate("a.b.c", device("d" + i % 4, Platform.WEB)))
                                .user())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(calls)).map(Future::get).containsOnly(1L);
        }
        assertThat(world.store.accounts().byExternal("sub-1").orElseThrow().id())
                .isEqualTo(1);
        assertThat(world.store.accounts().search("ada", 10)).hasSize(1);
        assertThat(world.store.logins().ofUser(1))
                .map(login -> login.device().id())
                .containsExactlyInAnyOrder("d1", "d3");
    }

    @Test
    void takesOverNameAndPicture() {
        long user = done(tokens.authenticate("a.b.c")).user();
        assertThat(world.account(user).nickname()).isEqualTo("Ada");
        assertThat(world.account(user).avatar()).isEqualTo("https://example.org/a.png");
        identity = new Identity("sub-1", "喜".repeat(30), null);
        done(tokens.authenticate("a.b.c"));
        assertThat(world.account(user).nickname()).isEqualTo("喜".repeat(21));
        assertThat(world.account(user).avatar()).isEqualTo("https://example.org/a.png");
        identity = new Identity("sub-1", "\u0007", "javascript:alert(1)");
        done(tokens.authenticate("a.b.c"));
        assertThat(world.account(user).nickname()).isEqualTo("喜".repeat(21));
        assertThat(world.account(user).avatar()).isEqualTo("https://example.org/a.png");
    }

    @Test
    void aDeviceKeepsItsLogin() {
        var phone = device("phone", Platform.IOS);
        Login first = done(tokens.authenticate("a.b.c", phone));
        assertThat(done(tokens.authenticate("a.b.c", phone))).isEqualTo(first);
        world.pass(Duration.ofDays(2));
        assertThat(done(tokens.authenticate("a.b.c", phone)).id()).isEqualTo(first.id());
        world.pass(Duration.ofDays(8));
        assertThat(done(tokens.authenticate("a.b.c", phone)).id()).isNotEqualTo(first.id());
        assertThat(done(tokens.authenticate("a.b.c", device("web", Platform.WEB)))
                        .user())
                .isEqualTo(first.user());
    }

    @Test
    void refusesWhatIsNoUser() {
        assertThat(code(tokens.authenticate("a.b.x"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(tokens.authenticate("unknown"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(tokens.authenticate("x".repeat(100_000)))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        identity = new Identity("s".repeat(256), "Ada", null);
        assertThat(code(tokens.authenticate("a.b.c"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        var without = world.tokens(world.logins(DevicePolicy.ALL), null);
        assertThat(code(without.authenticate("a.b.c"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
