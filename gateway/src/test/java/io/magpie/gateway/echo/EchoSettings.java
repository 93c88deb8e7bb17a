package io.magpie.gateway.echo;

import io.magpie.gateway.engineio.EngineSettings;
import java.time.Duration;
import java.util.Set;

/// The flags of the echo servers.
public record EchoSettings(int port, int pingInterval, int pingTimeout, int maxPayload) {
    /// What the official suites expect, on a free port.
    public static final EchoSettings OFFICIAL = new EchoSettings(0, 300, 200, 1_000_000);

    /// @throws IllegalArgumentException if they cannot be read
    static EchoSettings parse(String... arguments) {
        var settings = new EchoSettings(3000, 25_000, 20_000, 1_000_000);
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " has no value");
            }
            settings = settings.with(arguments[i], Integer.parseInt(arguments[i + 1]));
        }
        return settings;
    }

    private EchoSettings with(String flag, int value) {
        return switch (flag) {
            case "--port" -> new EchoSettings(value, pingInterval, pingTimeout, maxPayload);
            case "--ping-interval" -> new EchoSettings(port, value, pingTimeout, maxPayload);
            case "--ping-timeout" -> new EchoSettings(port, pingInterval, value, maxPayload);
            case "--max-payload" -> new EchoSettings(port, pingInterval, pingTimeout, value);
            default ->
                throw new IllegalArgumentException(
                        flag + " (expected: --port, --ping-interval, --ping-timeout, --max-payload)");
        };
    }

    EngineSettings engine() {
        return new EngineSettings(
                Duration.ofMillis(pingInterval),
                Duration.ofMillis(pingTimeout),
                maxPayload,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Set.of());
    }
}
