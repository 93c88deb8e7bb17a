package io.magpie.core.upkeep;

import java.util.concurrent.TimeUnit;

/// How much of the store's writer upkeep takes from those who send: a fifth, in turns of a few milliseconds.
final class Pace {
    /// Rows of one transaction.
    static final int BATCH = 250;

    /// Between two rounds through everything.
    static final long ROUND_MS = TimeUnit.MINUTES.toMillis(10);

    /// After a piece that only read.
    static final long READ_MS = 10;

    private static final long LEAST_MS = 20;
    private static final int SHARE = 4;

    private Pace() {}

    /// The pause after a transaction that began then.
    static long after(long beganNanos) {
        return Math.max(LEAST_MS, SHARE * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
    }
}
