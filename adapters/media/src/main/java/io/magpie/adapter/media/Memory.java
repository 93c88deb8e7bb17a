package io.magpie.adapter.media;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/// What pictures may take of the heap while they are decoded, all of them together: a third of it.
final class Memory {
    private static final int UNIT = 64 << 10;

    private final int units = (int) (Runtime.getRuntime().maxMemory() / 3 / UNIT);
    private final Semaphore free = new Semaphore(units);

    /// Whether so much is there at all.
    boolean holds(long bytes) {
        return bytes / UNIT < units;
    }

    /// Waits until so much is free.
    <T> T with(long bytes, Work<T> work) throws IOException, InterruptedException {
        int taken = (int) (bytes / UNIT) + 1;
        free.acquire(taken);
        try {
            return work.run();
        } finally {
            free.release(taken);
        }
    }

    interface Work<T> {
        T run() throws IOException;
    }
}
