package io.magpie.chat;

import io.magpie.client.Protocol;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The flags of `./magpie chat`.
///
/// @param user null: asked for
/// @param password null: asked for, unless a login is kept
/// @param trust PEM file of certificates to believe; null: those this machine trusts
/// @param data null: a directory of the user's home for each server and user
record Options(
        URI server,
        Protocol transport,
        @Nullable Path trust,
        @Nullable String user,
        @Nullable String password,
        boolean register,
        String device,
        @Nullable Path data,
        boolean color,
        boolean bell,
        boolean debug) {
    static final String HELP = """
            usage: magpie chat [OPTION]…

            Chat in the terminal. In a pipe: one message or command per line.

              --server URL      where the server is (http://127.0.0.1:8080)
              --transport NAME  json or protobuf over WebSocket, or tcp (json)
              --trust FILE      PEM file with the certificates to believe, for https://
              --user NAME       who you are; asked for if absent
              --password TEXT   asked for if absent (or MAGPIE_PASSWORD)
              --register        make the account first
              --device ID       name of this device (terminal)
              --data DIR        where conversations, unsent messages and the login are kept
                                (~/.magpie/chat/USER@HOST_PORT)
              --no-color        no colours (or NO_COLOR)
              --no-bell         no sound for direct messages and mentions
              --debug           show traces of faults
              --help            this page

            In the chat: /help, Tab to complete, PgUp and PgDn to look back, Alt-1…9 to switch.""";

    /// A flag that is not understood.
    static final class Misused extends Exception {
        Misused(String message) {
            super(message, null, false, false);
        }
    }

    static Options parse(List<String> args, @Nullable String passwordVariable, boolean noColor) throws Misused {
        URI server = URI.create("http://127.0.0.1:8080");
        Protocol transport = Protocol.JSON;
        Path trust = null;
        String user = null;
        String password = passwordVariable;
        String device = "terminal";
        Path data = null;
        boolean register = false;
        boolean color = !noColor;
        boolean bell = true;
        boolean debug = false;
        for (int i = 0; i < args.size(); i++) {
            String flag = args.get(i);
            switch (flag) {
                case "--server" -> server = server(value(args, ++i));
                case "--transport" -> transport = transport(value(args, ++i));
                case "--trust" -> trust = Path.of(value(args, ++i));
                case "--user" -> user = value(args, ++i);
                case "--password" -> password = value(args, ++i);
                case "--device" -> device = value(args, ++i);
                case "--data" -> data = Path.of(value(args, ++i));
                case "--register" -> register = true;
                case "--no-color" -> color = false;
                case "--no-bell" -> bell = false;
                case "--debug" -> debug = true;
                default -> throw new Misused(flag + ": no such option (see --help)");
            }
        }
        return new Options(server, transport, trust, user, password, register, device, data, color, bell, debug);
    }

    private static String value(List<String> args, int index) throws Misused {
        if (index >= args.size()) {
            throw new Misused(args.get(index - 1) + ": nothing after it (expected: a value)");
        }
        return args.get(index);
    }

    private static Protocol transport(String value) throws Misused {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.name().toLowerCase(Locale.ROOT).equals(value)) {
                return protocol;
            }
        }
        throw new Misused("--transport: " + value + " (expected: json, protobuf or tcp)");
    }

    private static URI server(String value) throws Misused {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new Misused("--server: " + value + " (expected: http://HOST:PORT or https://HOST:PORT)");
    }

    Path dataOf(String name) {
        if (data != null) {
            return data;
        }
        String port = server.getPort() < 0 ? "" : "_" + server.getPort();
        String safe = name.replaceAll("[^\\p{L}\\p{N}_.-]", "_");
        return Path.of(System.getProperty("user.home"), ".magpie", "chat", safe + "@" + server.getHost() + port);
    }
}
