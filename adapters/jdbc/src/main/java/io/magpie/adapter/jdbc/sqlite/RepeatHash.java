package io.magpie.adapter.jdbc.sqlite;

/// A short number for (sender, clientId). Keyed per store: nobody can choose clientIds that share one and so make
/// every look-up slow. A polynomial over the prime 2^61 - 1, three characters a step.
record RepeatHash(long key) {
    private static final long PRIME = (1L << 61) - 1;

    RepeatHash {
        key = Math.floorMod(key, PRIME - 2) + 2;
    }

    int of(long sender, String clientId) {
        long hash = step(step(1, sender), clientId.length());
        long word = 0;
        for (int i = 0; i < clientId.length(); i++) {
            word = word << 16 | clientId.charAt(i);
            if (i % 3 == 2) {
                hash = step(hash, word);
                word = 0;
            }
        }
        return (int) step(hash, word);
    }

    /// hash * key + word, both factors below 2^61.
    private long step(long hash, long word) {
        long low = hash * key;
        long folded = (low & PRIME) + (Math.multiplyHigh(hash, key) << 3 | low >>> 61);
        return reduced(reduced(folded) + word);
    }

    private static long reduced(long number) {
        long folded = (number & PRIME) + (number >>> 61);
        return folded >= PRIME ? folded - PRIME : folded;
    }
}
