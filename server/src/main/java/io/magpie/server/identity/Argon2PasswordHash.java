package io.magpie.server.identity;

import io.magpie.core.account.PasswordHash;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// Argon2id with 19 MiB, two passes, one lane, as OWASP recommends. At most `atOnce` run at a time, so hashing takes
/// at most that many times 19 MiB; a call that does not get its turn in time is rejected `unavailable`.
public final class Argon2PasswordHash implements PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final long RETRY_MS = 1000;

    /// Costs as much to compare with as a real one.
    private static final PhcText NOBODY =
            new PhcText(MEMORY_KIB, PASSES, LANES, new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns;
    private final Duration patience;

    public Argon2PasswordHash(int atOnce, Duration patience) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    @Override
    public Outcome<String> hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inTurn(() -> {
            byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
            return new PhcText(MEMORY_KIB, PASSES, LANES, salt, hash).toString();
        });
    }

    @Override
    public Outcome<Boolean> matches(String password, @Nullable String stored) {
        return inTurn(() -> {
            var known = stored == null ? NOBODY : PhcText.parse(stored);
            byte[] expected = known.hashBytes();
            byte[] hash = argon2(
                    password, known.saltBytes(), known.memoryKib(), known.passes(), known.lanes(), expected.length);
            return MessageDigest.isEqual(hash, expected) && stored != null;
        });
    }

    private <T> Outcome<T> inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return busy();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return busy();
        }
        try {
            return Outcome.done(work.get());
        } finally {
            turns.release();
        }
    }

    private static <T> Outcome<T> busy() {
        return Outcome.rejected(
                new Rejection(ErrorCode.UNAVAILABLE, "too many passwords are being checked at once", RETRY_MS));
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
