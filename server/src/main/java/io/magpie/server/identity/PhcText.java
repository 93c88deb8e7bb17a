package io.magpie.server.identity;

import java.util.Base64;
import java.util.regex.Pattern;

/// An Argon2id hash as text: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// @param salt in Base64
/// @param hash in Base64
record PhcText(int memoryKib, int passes, int lanes, String salt, String hash) {
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    PhcText(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this(memoryKib, passes, lanes, text(salt), text(hash));
    }

    /// @throws IllegalArgumentException if the text is something else
    static PhcText parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a stored password hash is not Argon2id, version 19");
        }
        return new PhcText(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4),
                parts.group(5));
    }

    byte[] saltBytes() {
        return Base64.getDecoder().decode(salt);
    }

    byte[] hashBytes() {
        return Base64.getDecoder().decode(hash);
    }

    @Override
    public String toString() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(memoryKib, passes, lanes, salt, hash);
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
