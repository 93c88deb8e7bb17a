package io.magpie.server.admin;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Shows on a terminal how far the writing of a file is, as long as it is open. Where there is no terminal it shows
/// nothing.
final class Progress implements AutoCloseable {
    private static final long TICK_MS = 200;

    private final Thread shower;

    private Progress(Thread shower) {
        this.shower = shower;
    }

    /// @param file what grows, itself or under an unfinished name beside it
    static Progress of(String what, long bytes, Path file) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return new Progress(Thread.ofPlatform().unstarted(() -> {}));
        }
        return new Progress(
                Thread.ofPlatform().daemon().name("progress").start(() -> show(what, Math.max(1, bytes), file)));
    }

    private static void show(String what, long bytes, Path file) {
        try {
            while (true) {
                long written = Stream.of(".unfinished", ".restoring")
                        .mapToLong(suffix -> size(file.resolveSibling(file.getFileName() + suffix)))
                        .sum();
                System.err.printf("\r%s %3d %% of %s ", what, Math.min(100, written * 100 / bytes), megabytes(bytes));
                Thread.sleep(TICK_MS);
            }
        } catch (InterruptedException _) {
            System.err.print("\r\033[K");
        }
    }

    /// 0 if it is not there.
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    @Override
    public void close() {
        shower.interrupt();
        try {
            shower.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
