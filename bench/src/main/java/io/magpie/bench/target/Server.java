package io.magpie.bench.target;

import io.magpie.bench.load.Subject;

/// A server the bench can load, started by the bench or found running.
public interface Server extends AutoCloseable {
    String name();

    /// How this round's users speak to it.
    ///
    /// @param round unique within this run
    Subject subject(int round);

    /// Stops it if the bench started it.
    @Override
    void close();
}
