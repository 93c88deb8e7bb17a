package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.terminal.Key;
import io.magpie.chat.terminal.KeyReader;
import io.magpie.chat.terminal.Screen;
import io.magpie.chat.view.View;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/// The terminal, whatever it can do.
final class Console {
    /// How long a pipe that ended waits for its messages to be stored.
    private static final long LAST_WAIT_MS = 15_000;

    private static final long POLL_MS = 200;

    private final Terminal terminal;
    private volatile boolean over;
    private final BufferedReader piped = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    Console(Terminal terminal) {
        this.terminal = terminal;
    }

    boolean isDumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    @Nullable
    String ask(String question, boolean secret) {
        terminal.writer().print(question);
        terminal.writer().flush();
        Attributes before = terminal.getAttributes();
        try {
            if (secret && !isDumb()) {
                Attributes silent = new Attributes(before);
                silent.setLocalFlag(Attributes.LocalFlag.ECHO, false);
                terminal.setAttributes(silent);
            }
            return isDumb() ? piped.readLine() : typedLine();
        } catch (IOException _) {
            return null;
        } finally {
            if (secret && !isDumb()) {
                terminal.setAttributes(before);
                terminal.writer().println();
            }
        }
    }

    private @Nullable String typedLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = terminal.reader().read();
        while (c >= 0 && c != '\n' && c != '\r') {
            line.append((char) c);
            c = terminal.reader().read();
        }
        return c < 0 ? null : line.toString();
    }

    void fullScreen(ChatState state, Chat chat, Desk desk, Options options, ChatMain.Listener listener)
            throws InterruptedException {
        Attributes before = terminal.enterRawMode();
        Screen screen = new Screen(this::write, options.color());
        Thread restore = new Thread(screen::leave);
        Runtime.getRuntime().addShutdownHook(restore);
        screen.enter();
        try {
            InstantSource clock = InstantSource.system();
            FullScreen face = new FullScreen(
                    state,
                    chat,
                    new View(state, ZoneId.systemDefault()),
                    screen,
                    terminal::getRows,
                    terminal::getColumns,
                    clock,
                    options.bell());
            listener.after = face::on;
            terminal.handle(Terminal.Signal.WINCH, _ -> desk.execute(face::resized));
            KeyReader keys = new KeyReader(this::read);
            Thread.ofPlatform().daemon().name("keys").start(() -> readKeys(keys, desk, face, chat));
            desk.run(chat::over, face::paint);
        } finally {
            over = true;
            Runtime.getRuntime().removeShutdownHook(restore);
            screen.leave();
            terminal.setAttributes(before);
        }
    }

    /// Never for long at once: the terminal cannot be closed meanwhile.
    private int read(long timeoutMs) throws IOException {
        int c = terminal.reader().read(timeoutMs == 0 ? POLL_MS : timeoutMs);
        while (c == NonBlockingReader.READ_EXPIRED && timeoutMs == 0 && !over) {
            c = terminal.reader().read(POLL_MS);
        }
        return c == NonBlockingReader.READ_EXPIRED && timeoutMs == 0 ? NonBlockingReader.EOF : c;
    }

    private void readKeys(KeyReader keys, Desk desk, FullScreen face, Chat chat) {
        try {
            while (!over) {
                Key key = keys.read();
                desk.execute(() -> face.key(key));
            }
        } catch (IOException _) {
            desk.execute(chat::quit);
        }
    }

    void lines(ChatState state, Chat chat, Desk desk, ChatMain.Listener listener) throws InterruptedException {
        LineMode face = new LineMode(state, line -> write(line + "\n"), ZoneId.systemDefault());
        listener.after = face::on;
        PipedLines lines = new PipedLines(piped, desk, chat);
        lines.start();
        long[] endAt = {Long.MAX_VALUE};
        desk.run(
                () -> (chat.over() || lines.done()) && ((chat.idle() && state.waiting() == 0) || pastEnd(endAt)),
                () -> {
                    face.said();
                    lines.submit(face::said);
                });
    }

    private static boolean pastEnd(long[] endAt) {
        long now = Instant.now().toEpochMilli();
        endAt[0] = Math.min(endAt[0], now + LAST_WAIT_MS);
        return now > endAt[0];
    }

    private void write(String text) {
        terminal.writer().write(text);
        terminal.writer().flush();
    }
}
