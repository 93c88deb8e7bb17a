package io.magpie.bench.load;

/// What the server's process has used so far. NaN for what cannot be known.
public interface Usage {
    /// User and system time together.
    double cpuSeconds();

    double residentBytes();

    /// Spent in garbage collection.
    default double gcSeconds() {
        return Double.NaN;
    }

    /// Collects all garbage where that can be asked for, and says what is left.
    default double liveHeapBytes() {
        return Double.NaN;
    }
}
