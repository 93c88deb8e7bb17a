package io.magpie.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.chat.ChatMain;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/// `./magpie chat` on a terminal at which the test types and looks.
public final class ChatTerminal implements AutoCloseable {
    private static final int ROWS = 30;
    private static final int COLUMNS = 110;

    private final Glass glass = new Glass(ROWS, COLUMNS);
    private final PipedOutputStream keys = new PipedOutputStream();
    private final Thread chat;
    private volatile int status = -1;

    private ChatTerminal(List<String> arguments) throws IOException {
        var in = new PipedInputStream(keys, 8192);
        this.chat = Thread.ofPlatform()
                .name("chat")
                .start(() -> status = ChatMain.run(arguments, () -> terminal(in, glass)));
    }

    /// @param data where it keeps what it knows
    /// @param more arguments
    public static ChatTerminal of(Address http, String user, Path data, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("--server", "http://" + http, "--user", user));
        arguments.addAll(List.of("--password", "the password of " + user, "--data", data.toString(), "--no-color"));
        arguments.addAll(List.of(more));
        return new ChatTerminal(arguments);
    }

    private static Terminal terminal(PipedInputStream in, Glass glass) throws IOException {
        var terminal = new ExternalTerminal("test", "xterm", in, glass, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(COLUMNS, ROWS));
        return terminal;
    }

    /// Types a line and presses Enter.
    public void line(String text) throws IOException {
        type(text + "\r");
    }

    public void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /// Waits until all of it can be seen.
    public void sees(String... texts) throws InterruptedException {
        await(List.of(texts).toString(), screen -> List.of(texts).stream().allMatch(screen::contains));
    }

    public void seesNoMore(String text) throws InterruptedException {
        await("no " + text, screen -> !screen.contains(text));
    }

    public String screen() {
        return glass.text();
    }

    public int bells() {
        return glass.bells();
    }

    private void await(String what, Predicate<String> seen) throws InterruptedException {
        var deadline = Instant.now().plus(Person.PATIENCE);
        while (!seen.test(glass.text())) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("expected: " + what + " on\n" + glass.text());
            }
            Thread.sleep(10);
        }
    }

    /// Leaves as a user does; what was typed is gone, what was sent is kept.
    @Override
    public void close() throws IOException {
        try {
            if (chat.isAlive()) {
                line("\025/quit");
            }
            assertThat(chat.join(Person.PATIENCE)).as("the chat ends").isTrue();
            assertThat(status).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            keys.close();
        }
    }
}
