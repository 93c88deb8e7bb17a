package io.magpie.chat;

import io.magpie.client.http.Answers.LoggedIn;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.device.Device;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who is chatting: a kept login, or a user name and password that the server accepts.
final class Entrance {
    /// Why nobody may chat, in one line.
    static final class Refused extends Exception {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /// Asks on the terminal.
    interface Prompt {
        /// @return null if there is nobody to answer
        @Nullable
        String ask(String question, boolean secret);
    }

    private final Options options;
    private final MagpieHttp http;
    private final Device device;
    private final Prompt prompt;

    Entrance(Options options, MagpieHttp http, Device device, Prompt prompt) {
        this.options = options;
        this.http = http;
        this.device = device;
        this.prompt = prompt;
    }

    String username() throws Refused {
        String user = options.user() != null ? options.user() : prompt.ask("User name: ", false);
        if (user == null || user.isBlank()) {
            throw new Refused("--user: absent (expected: a user name)");
        }
        return user.strip();
    }

    KeptLogin enter(String username, Path directory) throws Refused {
        KeptLogin kept = KeptLogin.read(directory).orElse(null);
        if (kept != null && !options.register() && kept.username().equals(username) && stillGood(kept)) {
            return kept;
        }
        String password = options.password() != null ? options.password() : prompt.ask("Password: ", true);
        if (password == null || password.isEmpty()) {
            throw new Refused("--password: absent (expected: the password of " + username + ")");
        }
        try {
            if (options.register()) {
                unlessDone(http.register(username, password));
            }
            LoggedIn login = unlessDone(http.logIn(username, password, device));
            KeptLogin fresh = new KeptLogin(username, login.userId(), login.token());
            fresh.write(directory);
            return fresh;
        } catch (UncheckedIOException _) {
            throw new Refused("cannot reach " + options.server() + " (is `./magpie serve` running?)");
        }
    }

    /// Also if the server cannot be asked.
    private boolean stillGood(KeptLogin kept) {
        try {
            return !(http.withToken(kept.token()).me() instanceof Outcome.Rejected<?>(Rejection rejection)
                    && rejection.code() == ErrorCode.UNAUTHENTICATED);
        } catch (UncheckedIOException _) {
            return true;
        }
    }

    private static <T> T unlessDone(Outcome<T> outcome) throws Refused {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection rejection) -> throw new Refused(rejection.message());
        };
    }
}
