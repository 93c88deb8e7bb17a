package io.magpie.core.file;

import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Addresses that stand for a user's right to read one file for a while, for what cannot send a token: `src` of a
/// picture or film. The right itself is looked at again each time, so nothing outlives a recall.
public final class SignedFiles {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration VALID = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;

    private final InstantSource clock;
    private final SecretKeySpec key;

    public SignedFiles(Journal journal, InstantSource clock) {
        var fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        this.clock = clock;
        this.key = new SecretKeySpec(
                journal.share(tx -> tx.on(Files.Edits.class).agreed(Files.Agreed.SIGNING_KEY, fresh)), ALGORITHM);
    }

    /// @param expiresAt milliseconds since the epoch
    /// @param signature of all of it, in hexadecimal
    public record Signed(long file, long user, long expiresAt, String signature) {}

    public Signed sign(long user, long file) {
        long expiresAt = clock.millis() + VALID.toMillis();
        return new Signed(file, user, expiresAt, HexFormat.of().formatHex(signature(user, file, expiresAt)));
    }

    /// The user for whom it was signed.
    public Outcome<Long> user(Signed signed) {
        byte[] expected = HexFormat.of()
                .formatHex(signature(signed.user(), signed.file(), signed.expiresAt()))
                .getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signed.signature().getBytes(StandardCharsets.US_ASCII))) {
            return Outcome.rejected(ErrorCode.UNAUTHENTICATED, "signature: not one of this server");
        }
        return signed.expiresAt() < clock.millis()
                ? Outcome.rejected(ErrorCode.UNAUTHENTICATED, "signature: expired; ask for a new address")
                : Outcome.done(signed.user());
    }

    private byte[] signature(long user, long file, long expiresAt) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((user + ":" + file + ":" + expiresAt).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
