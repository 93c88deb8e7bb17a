package io.magpie.core.node;

/// Drains and stops this node, as SIGTERM does. Returns at once.
@FunctionalInterface
public interface OwnDrain {
    void begin();
}
