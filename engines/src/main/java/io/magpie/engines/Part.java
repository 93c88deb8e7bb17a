package io.magpie.engines;

import java.util.List;
import java.util.Map;

/// One process of an engine.
///
/// @param name of its log and pid file
/// @param stop the signal that asks it to end
/// @param account of the operating system it runs as; empty for this JVM's own
record Part(
        String name, List<String> command, Map<String, String> environment, Ready ready, String stop, String account) {
    Part(String name, List<String> command, Map<String, String> environment, Ready ready) {
        this(name, command, environment, ready, "TERM", "");
    }

    Part(String name, List<String> command, Ready ready) {
        this(name, command, Map.of(), ready);
    }

    /// How one sees that it serves.
    sealed interface Ready {
        /// It accepts connections.
        record Port(int port) implements Ready {}

        /// It wrote this into its log.
        record Line(String text) implements Ready {}
    }
}
