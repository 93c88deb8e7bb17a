package io.magpie.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class Argon2PasswordHashTest {
    private final Argon2PasswordHash passwords = new Argon2PasswordHash(2, Duration.ofMinutes(1));

    @Test
    void saysHowItWasMadeAndSaltsEach() {
        String first = hash("correct horse");
        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("correct");
        assertThat(hash("correct horse")).isNotEqualTo(first);
        assertThat(passwords.matches("correct horse", first)).isEqualTo(Outcome.done(true));
        assertThat(passwords.matches("correct Horse", first)).isEqualTo(Outcome.done(false));
        assertThat(passwords.matches("correct horse", null)).isEqualTo(Outcome.done(false));
    }

    /// Made with the reference implementation.
    @Test
    void readsHashesOfOtherParameters() {
        String reference = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertThat(passwords.matches("password", reference)).isEqualTo(Outcome.done(true));
        assertThat(passwords.matches("differentpassword", reference)).isEqualTo(Outcome.done(false));
        assertThatThrownBy(() -> passwords.matches("password", "$2a$10$abc"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatDoesNotGetItsTurn() {
        var busy = new Argon2PasswordHash(0, Duration.ofMillis(1));
        assertThat(busy.hash("correct horse"))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private String hash(String password) {
        return switch (passwords.hash(password)) {
            case Outcome.Done<String>(String hash) -> hash;
            case Outcome.Rejected<String>(var rejection) -> throw new AssertionError(rejection.message());
        };
    }
}
