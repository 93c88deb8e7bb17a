package io.magpie.bench.check;

import java.nio.charset.StandardCharsets;

/// Stands for a message in a record: 64 bits, never 0. Two of a million messages share one with a chance of one in
/// thirty million, and then the check errs towards finding fault.
public final class Digest {
    /// An entry that is no message.
    public static final long NONE = 0;

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Digest() {}

    public static long of(long sender, String clientId, String text) {
        long hash = add(OFFSET, Long.toString(sender));
        hash = add(hash, clientId);
        hash = add(hash, text);
        // FNV spreads its last bytes badly; this is the end of MurmurHash3.
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == NONE ? 1 : hash;
    }

    private static long add(long hash, String part) {
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * PRIME;
        }
        // A byte that UTF-8 does not know, so that parts do not run together.
        return (hash ^ 0xFF) * PRIME;
    }
}
