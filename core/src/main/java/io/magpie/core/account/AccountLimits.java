package io.magpie.core.account;

import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// How often an address may log in and register, and how often a password may be guessed. Any thread.
public final class AccountLimits {
    private static final int MAX_KEYS = 100_000;

    /// @param logins tried per address
    /// @param failures wrong passwords per username, whatever the addresses
    /// @param registrations per address
    /// @param exempt addresses without a limit
    public record Settings(Rate logins, Rate failures, Rate registrations, Predicate<String> exempt) {}

    private final TokenBuckets<String> logins;
    private final TokenBuckets<String> failures;
    private final TokenBuckets<String> registrations;
    private final Predicate<String> exempt;

    public AccountLimits(Settings settings, InstantSource clock) {
        this.logins = new TokenBuckets<>(settings.logins(), MAX_KEYS, clock);
        this.failures = new TokenBuckets<>(settings.failures(), MAX_KEYS, clock);
        this.registrations = new TokenBuckets<>(settings.registrations(), MAX_KEYS, clock);
        this.exempt = settings.exempt();
    }

    Optional<Rejection> login(String address) {
        return exempt.test(address) ? Optional.empty() : rejection(logins.take(address), "logins from this address");
    }

    Optional<Rejection> registration(String address) {
        return exempt.test(address)
                ? Optional.empty()
                : rejection(registrations.take(address), "registrations from this address");
    }

    /// Before a password is compared; so guesses made at the same time count, too. [#guessedRight] takes it back.
    Optional<Rejection> guess(String username) {
        return rejection(failures.take(key(username)), "wrong passwords for this username");
    }

    void guessedRight(String username) {
        failures.giveBack(key(username));
    }

    private static String key(String username) {
        return username.toLowerCase(Locale.ROOT);
    }

    private static Optional<Rejection> rejection(long waitMs, String what) {
        return waitMs == 0
                ? Optional.empty()
                : Optional.of(
                        new Rejection(ErrorCode.RATE_LIMITED, "too many " + what + "; wait " + waitMs + " ms", waitMs));
    }
}
