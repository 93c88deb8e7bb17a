package io.magpie.bench.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Magpie's forms of one protocol.
public enum Transport {
    JSON,
    PROTOBUF,
    TCP,
    SOCKETIO;

    public static Transport parse(String text) {
        return Arrays.stream(values())
                .filter(transport -> transport.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--transport: " + text + " (expected: "
                        + Arrays.stream(values()).map(Transport::word).collect(Collectors.joining(", ")) + ")"));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a server spoken to in this form is called in tables.
    String server() {
        return this == JSON ? "magpie" : "magpie-" + word();
    }
}
