package io.magpie.server;

import io.magpie.server.config.Settings;
import java.util.Set;

/// What the terminal shows when the server serves.
///
/// @param httpPort the port really listened on
/// @param realtimePort the port really listened on
record StartText(Settings settings, int httpPort, int realtimePort) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    String text() {
        String host = EVERYWHERE.contains(settings.host()) ? "localhost" : settings.host();
        return """

                  Magpie serves.

                  look around   http://%1$s/
                  try the API   http://%1$s/docs
                  chat          ws://%2$s/ws   or, in another terminal: ./magpie chat
                  data          %3$s
                  stop          Ctrl-C
                %4$s
                """.formatted(
                        at(host, httpPort),
                        at(host, realtimePort),
                        settings.data().toAbsolutePath().normalize(),
                        warning());
    }

    private String warning() {
        return LOOPBACK.contains(settings.host())
                ? ""
                : "\n  WARNING: plain text on %s: passwords and messages can be read on the way; put TLS in front of it.\n"
                        .formatted(settings.host());
    }

    String ready() {
        return "ready http=%s realtime=%s".formatted(at(settings.host(), httpPort), at(settings.host(), realtimePort));
    }

    private static String at(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
