package io.magpie.server;

import io.magpie.server.config.Settings;
import java.util.Set;

/// What the terminal shows when the server serves.
///
/// @param httpPort the port really listened on
/// @param realtimePort the port really listened on
/// @param tcpPort the port really listened on
record StartText(Settings settings, int httpPort, int realtimePort, int tcpPort) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    String text() {
        String host = EVERYWHERE.contains(settings.host()) ? "localhost" : settings.host();
        return """

                  Magpie serves.

                  look around   %5$s://%1$s/
                  try the API   %5$s://%1$s/docs
                  chat          %6$s://%2$s/ws   or, in another terminal: ./magpie chat
                  data          %3$s
                  stop          Ctrl-C
                %4$s
                """.formatted(
                        at(host, httpPort),
                        at(host, realtimePort),
                        settings.data().toAbsolutePath().normalize(),
                        warning().isEmpty() ? "" : "\n  WARNING: " + warning() + "\n",
                        tls() ? "https" : "http",
                        tls() ? "wss" : "ws");
    }

    /// Empty if there is nothing to warn of.
    String warning() {
        return tls() || LOOPBACK.contains(settings.host())
                ? ""
                : ("plain text on %s: passwords and messages can be read on the way; set tls.certificate and "
                                + "tls.privateKey, or put TLS in front of it.")
                        .formatted(settings.host());
    }

    private boolean tls() {
        return settings.tls().certificate() != null;
    }

    String ready() {
        return "ready http=%s realtime=%s tcp=%s"
                .formatted(
                        at(settings.host(), httpPort), at(settings.host(), realtimePort), at(settings.host(), tcpPort));
    }

    private static String at(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
