package io.magpie.server.ops;

import java.util.Optional;

/// One thing that must work before this node is sent any traffic. May block for a short while.
public interface HealthCheck {
    String name();

    /// What is wrong, in words; empty if it serves.
    Optional<String> problem();
}
