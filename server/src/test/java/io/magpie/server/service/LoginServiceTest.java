package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.device;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.LoginService;
import io.magpie.core.account.NewLogin;
import io.magpie.core.account.TokenService;
import io.magpie.core.command.Event;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginServiceTest {
    private static final Event.Bye REPLACED = new Event.Bye(Event.Bye.Reason.REPLACED);
    private static final Event.Bye LOGGED_OUT = new Event.Bye(Event.Bye.Reason.LOGGED_OUT);
    private static final Device PHONE = device("phone", Platform.IOS);
    private static final Device TABLET = device("tablet", Platform.IOS);
    private static final Device LAPTOP = device("laptop", Platform.LINUX);

    private Path folder;
    private World world;
    private long ada;

    @BeforeEach
    void open(@TempDir Path folder) {
        this.folder = folder;
        world = new World(folder);
        ada = world.person("ada");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTokenOpensWhatItsLoginIsAndIsNotStored() throws IOException {
        var logins = world.logins(DevicePolicy.ALL);
        var login = logIn(logins, PHONE);
        assertThat(login.token()).hasSizeGreaterThanOrEqualTo(43).doesNotContain(".");
        var tokens = world.tokens(logins, null);
        assertThat(done(tokens.authenticate(login.token())).user()).isEqualTo(ada);
        assertThat(done(tokens.authenticate(login.token(), LAPTOP))).isEqualTo(login.login());
        assertThat(code(tokens.authenticate(login.token() + "A"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(tokens.authenticate(""))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(login.toString()).doesNotContain(login.token());
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(login.token());
            }
        }
    }

    @Test
    void expirySlidesAtMostOnceADay() {
        var logins = world.logins(DevicePolicy.ALL);
        var tokens = world.tokens(logins, null);
        var login = logIn(logins, PHONE);
        long first = login.login().expiresAt();
        assertThat(first).isEqualTo(world.now.get() + Duration.ofDays(7).toMillis());
        world.pass(Duration.ofHours(23));
        use(tokens, login);
        assertThat(stored(login).expiresAt()).isEqualTo(first);
        world.pass(Duration.ofHours(1));
        use(tokens, login);
        assertThat(stored(login).expiresAt())
                .isEqualTo(first + Duration.ofDays(1).toMillis());
        world.pass(Duration.ofDays(7).minusMillis(1));
        use(tokens, login);
        world.pass(Duration.ofDays(7));
        assertThat(code(tokens.authenticate(login.token()))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(tokens.authenticate(login.token(), PHONE))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(logins.list(ada)).isEmpty();
    }

    @Test
    void allDevicesStayLoggedIn() {
        var logins = world.logins(DevicePolicy.ALL);
        var phone = world.live(logIn(logins, PHONE).login());
        logIn(logins, TABLET);
        logIn(logins, LAPTOP);
        assertThat(logins.list(ada)).hasSize(3);
        assertThat(phone.told()).isEmpty();
        logIn(logins, PHONE);
        assertThat(logins.list(ada)).hasSize(3);
        assertThat(phone.told()).containsExactly(REPLACED);
    }

    @Test
    void onePerPlatformStaysLoggedIn() {
        var logins = world.logins(DevicePolicy.ONE_PER_PLATFORM);
        var phone = world.live(logIn(logins, PHONE).login());
        var laptop = world.live(logIn(logins, LAPTOP).login());
        logIn(logins, TABLET);
        assertThat(logins.list(ada)).map(Login::device).containsExactlyInAnyOrder(LAPTOP, TABLET);
        assertThat(phone.told()).containsExactly(REPLACED);
        assertThat(laptop.told()).isEmpty();
    }

    @Test
    void oneStaysLoggedIn() {
        var logins = world.logins(DevicePolicy.ONE);
        var phone = logIn(logins, PHONE);
        var connection = world.live(phone.login());
        long bob = world.person("bob");
        var bobs = world.live(
                done(logins.logIn("bob", World.PASSWORD, PHONE, World.ADDRESS)).login());
        logIn(logins, LAPTOP);
        assertThat(logins.list(ada)).map(Login::device).containsExactly(LAPTOP);
        assertThat(connection.told()).containsExactly(REPLACED);
        assertThat(code(world.tokens(logins, null).authenticate(phone.token()))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(logins.list(bob)).hasSize(1);
        assertThat(bobs.told()).isEmpty();
    }

    @Test
    void loggingOutEndsTheLiveConnection() {
        var logins = world.logins(DevicePolicy.ALL);
        var phone = logIn(logins, PHONE);
        var connection = world.live(phone.login());
        var other = world.live(logIn(logins, LAPTOP).login());
        long bob = world.person("bob");
        assertThat(code(logins.end(bob, phone.login().id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(connection.told()).isEmpty();
        done(logins.end(ada, phone.login().id()));
        assertThat(connection.told()).containsExactly(LOGGED_OUT);
        assertThat(other.told()).isEmpty();
        assertThat(code(world.tokens(logins, null).authenticate(phone.token()))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(logins.end(ada, phone.login().id()))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        var logins = world.logins(DevicePolicy.ALL);
        var phone = logIn(logins, PHONE);
        var laptop = world.live(logIn(logins, LAPTOP).login());
        var current = world.live(phone.login());
        assertThat(code(logins.changePassword(ada, "wrong password", "battery staple", phone.login())))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(laptop.told()).isEmpty();
        assertThat(World.message(logins.changePassword(ada, World.PASSWORD, "short", phone.login())))
                .startsWith("newPassword: 5");
        done(logins.changePassword(ada, World.PASSWORD, "battery staple", phone.login()));
        assertThat(laptop.told()).containsExactly(LOGGED_OUT);
        assertThat(current.told()).isEmpty();
        assertThat(logins.list(ada)).map(Login::device).containsExactly(PHONE);
        assertThat(code(logins.logIn("ada", World.PASSWORD, TABLET, World.ADDRESS)))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        done(logins.logIn("ADA", "battery staple", TABLET, World.ADDRESS));
    }

    @Test
    void anUnknownUserGetsTheSameAnswerAfterTheSameWork() {
        var logins = world.logins(DevicePolicy.ALL);
        var wrong = logins.logIn("ada", "wrong password", PHONE, World.ADDRESS);
        int work = world.passwords.compared.get();
        var unknown = logins.logIn("nobody", "wrong password", PHONE, World.ADDRESS);
        assertThat(unknown).isEqualTo(wrong);
        assertThat(code(wrong)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(world.passwords.compared.get()).isEqualTo(2 * work);
    }

    @Test
    void limitsTriesPerAddressAndWrongPasswordsPerUsername() {
        var logins = world.logins(DevicePolicy.ALL, world.limits(20, 3));
        for (int i = 0; i < 10; i++) {
            logIn(logins, PHONE);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(code(logins.logIn("ada", "wrong password", PHONE, "127.0.0.1")))
                    .isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
        int work = world.passwords.compared.get();
        var limited = logins.logIn("Ada", World.PASSWORD, PHONE, "127.0.0.1");
        assertThat(code(limited)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(((Outcome.Rejected<?>) limited).rejection().retryAfterMs()).isEqualTo(20_000);
        assertThat(world.passwords.compared.get()).isEqualTo(work);
        world.pass(Duration.ofSeconds(20));
        done(logins.logIn("ada", World.PASSWORD, PHONE, "127.0.0.1"));
        for (int i = 0; i < 20; i++) {
            logins.logIn("somebody" + i, "wrong password", PHONE, "198.51.100.9");
        }
        assertThat(code(logins.logIn("ada", World.PASSWORD, PHONE, "198.51.100.9")))
                .isEqualTo(ErrorCode.RATE_LIMITED);
    }

    private NewLogin logIn(LoginService logins, Device device) {
        return done(logins.logIn("ada", World.PASSWORD, device, World.ADDRESS));
    }

    private static void use(TokenService tokens, NewLogin login) {
        assertThat(done(tokens.authenticate(login.token())).user())
                .isEqualTo(login.login().user());
    }

    private Login stored(NewLogin login) {
        return world.store.logins().find(login.login().id()).orElseThrow();
    }
}
