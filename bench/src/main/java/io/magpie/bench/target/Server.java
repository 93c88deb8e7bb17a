package io.magpie.bench.target;

import io.magpie.bench.load.Subject;

/// A server the bench can load, started by the bench or found running.
public interface Server extends AutoCloseable {
    String name();

    /// How this round's users speak to it.
    ///
    /// @param round unique within this run
    Subject subject(int round) throws InterruptedException;

    /// Whether [#restart] works: the bench started it and its data outlive it.
    default boolean restarts() {
        return false;
    }

    /// Ends it as a power cut would if `hard`, in order if not, and starts it again on the same data.
    ///
    /// @return how the users of the last [#subject] speak to it now
    default Subject restart(boolean hard) throws InterruptedException {
        throw new IllegalStateException(name() + " cannot be restarted by the bench (expected: one it started itself)");
    }

    /// Stops it if the bench started it.
    @Override
    void close();
}
