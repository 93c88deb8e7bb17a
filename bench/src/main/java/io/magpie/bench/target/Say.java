package io.magpie.bench.target;

/// Tells whoever waits what is being done.
@FunctionalInterface
public interface Say {
    void line(String text);
}
