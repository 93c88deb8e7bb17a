package io.magpie.bench.load;

/// What the server's process has used so far.
public interface Usage {
    /// User and system time together.
    double cpuSeconds();

    long residentBytes();
}
