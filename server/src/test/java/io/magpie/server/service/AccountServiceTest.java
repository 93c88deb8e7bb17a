package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.done;
import static io.magpie.server.service.World.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.Account;
import io.magpie.core.account.AccountService;
import io.magpie.core.account.NewAccount;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountServiceTest {
    private World world;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void registersUnderAUsernameUniqueWithoutRegardToCase() {
        var ada = done(register("Ada", "password", null));
        assertThat(ada.username()).isEqualTo("Ada");
        assertThat(ada.nickname()).isEqualTo("Ada");
        assertThat(code(register("aDA", "password", null))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(done(register("bob", "password", "Bob the builder")).nickname())
                .isEqualTo("Bob the builder");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(message(register("ab", "password", null)))
                .startsWith("username:")
                .contains("3..32");
        assertThat(message(register("a".repeat(33), "password", null))).startsWith("username:");
        assertThat(message(register("ada lovelace", "password", null))).startsWith("username:");
        assertThat(message(register("ada", "sevenby", null)))
                .isEqualTo("password: 7 bytes of UTF-8 (expected: 8..256 bytes)");
        assertThat(message(register("ada", "x".repeat(257), null))).startsWith("password: 257");
        assertThat(message(register("ada", "喜鹊喜鹊", "n".repeat(65)))).startsWith("nickname: 65");
        assertThat(message(register(null, "password", null))).isEqualTo("username: missing");
        assertThat(message(register("ada", null, null))).isEqualTo("password: missing");
        done(register("a".repeat(32), "x".repeat(256), "n".repeat(64)));
        done(register("a.-", "12345678", null));
    }

    @Test
    void limitsRegistrationsPerAddress() {
        var accounts = world.accounts(true, world.limits(2, 10));
        done(accounts.register(new NewAccount("aaa", "password", null, null, null), "198.51.100.1"));
        done(accounts.register(new NewAccount("bbb", "password", null, null, null), "198.51.100.1"));
        var third = accounts.register(new NewAccount("ccc", "password", null, null, null), "198.51.100.1");
        assertThat(third).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(rejected.rejection().retryAfterMs()).isEqualTo(30_000);
        });
        done(accounts.register(new NewAccount("ccc", "password", null, null, null), "198.51.100.2"));
        for (int i = 0; i < 10; i++) {
            done(accounts.register(new NewAccount("exempt" + i, "password", null, null, null), "127.0.0.1"));
        }
        world.pass(Duration.ofSeconds(30));
        done(accounts.register(new NewAccount("ddd", "password", null, null, null), "198.51.100.1"));
    }

    @Test
    void backEndsBringUsersWhereRegistrationIsClosed() {
        var accounts = world.accounts(false, world.limits(1, 1));
        assertThat(code(accounts.register(new NewAccount("ada", "password", null, null, null), "x")))
                .isEqualTo(ErrorCode.FORBIDDEN);
        var ada = done(accounts.create(new NewAccount("ada", null, "sub-1", "Ada", "https://example.org/a.png")));
        assertThat(ada.external()).isEqualTo("sub-1");
        assertThat(ada.avatar()).isEqualTo("https://example.org/a.png");
        assertThat(world.store.accounts().credentials("ada")).isEmpty();
        assertThat(code(accounts.create(new NewAccount(null, null, "sub-1", null, null))))
                .isEqualTo(ErrorCode.CONFLICT);
        done(accounts.create(new NewAccount(null, null, "sub-2", null, null)));
        assertThat(message(accounts.create(new NewAccount(null, null, null, "Nobody", null))))
                .isEqualTo("username: missing");
    }

    @Test
    void changesWhatIsGivenOfAProfile() {
        long ada = world.person("ada");
        var accounts = world.accounts();
        done(accounts.change(ada, new AccountService.Change("Ada L.", null, "https://example.org/a.png")));
        var changed = done(accounts.change(ada, new AccountService.Change(null, "first line\nsecond", null)));
        assertThat(changed.nickname()).isEqualTo("Ada L.");
        assertThat(changed.avatar()).isEqualTo("https://example.org/a.png");
        assertThat(world.account(ada)).isEqualTo(changed);
        assertThat(done(accounts.change(ada, new AccountService.Change(null, null, "")))
                        .avatar())
                .isEmpty();
        for (String avatar : new String[] {"javascript:alert(1)", "data:image/png;base64,xx", "0", "https://a b"}) {
            assertThat(message(accounts.change(ada, new AccountService.Change(null, null, avatar))))
                    .startsWith("avatar:");
        }
        assertThat(message(accounts.change(ada, new AccountService.Change(" ", null, null))))
                .startsWith("nickname:");
        assertThat(message(accounts.change(ada, new AccountService.Change(null, "b".repeat(501), null))))
                .startsWith("bio: 501");
    }

    private Outcome<Account> register(@Nullable String username, @Nullable String password, @Nullable String nickname) {
        return world.accounts().register(new NewAccount(username, password, null, nickname, null), World.ADDRESS);
    }
}
