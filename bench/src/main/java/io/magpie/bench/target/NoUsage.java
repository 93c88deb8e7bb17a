package io.magpie.bench.target;

import io.magpie.bench.load.Usage;

/// Of a server on another machine.
final class NoUsage implements Usage {
    @Override
    public double cpuSeconds() {
        return Double.NaN;
    }

    @Override
    public double residentBytes() {
        return Double.NaN;
    }
}
