package io.magpie.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The keys of the operator's back ends. Compared by their SHA-256, so time tells nothing about a key.
public final class ApiKeys {
    private static final int MAX_CHARS = 8192;

    /// @param name for logs
    public record Key(String name, String key) {
        @Override
        public String toString() {
            return "Key[" + name + "]";
        }
    }

    private final Map<Digest, String> names;

    public ApiKeys(List<Key> keys) {
        this.names = keys.stream().collect(Collectors.toUnmodifiableMap(key -> Digest.of(key.key()), Key::name));
    }

    /// The name of the back end whose key this is.
    Optional<String> name(String token) {
        return names.isEmpty() || token.length() > MAX_CHARS
                ? Optional.empty()
                : Optional.ofNullable(names.get(Digest.of(token)));
    }

    private record Digest(long first, long second, long third, long fourth) {
        static Digest of(String key) {
            try {
                var bytes = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
                return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
