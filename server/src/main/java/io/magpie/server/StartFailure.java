package io.magpie.server;

import io.magpie.server.config.Settings;
import java.net.BindException;
import java.util.stream.Stream;
import org.springframework.boot.web.server.PortInUseException;

/// Why the server did not start, for the one who started it.
final class StartFailure {
    private StartFailure() {}

    static String sentence(Throwable failure, Settings settings) {
        return Stream.iterate(failure, fault -> fault != null, Throwable::getCause)
                .map(fault -> known(fault, settings))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElseGet(() -> "the start failed: " + last(failure) + " (--debug shows where)");
    }

    private static String known(Throwable fault, Settings settings) {
        return switch (fault) {
            case StartException start -> String.valueOf(start.getMessage());
            case PortInUseException port -> inUse("http.port", port.getPort(), "--http-port");
            case BindException _ ->
                "host: %s:%d cannot be listened on (expected: an address of this machine)"
                        .formatted(settings.host(), settings.http().port());
            default -> "";
        };
    }

    static String inUse(String key, int port, String flag) {
        return "%s: %d is in use already (expected: a free port; %s 0 takes one)".formatted(key, port, flag);
    }

    private static String last(Throwable failure) {
        Throwable last = Stream.iterate(failure, fault -> fault != null, Throwable::getCause)
                .reduce(failure, (_, next) -> next);
        return last.getClass().getSimpleName() + ": " + last.getMessage();
    }
}
