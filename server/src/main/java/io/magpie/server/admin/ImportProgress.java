package io.magpie.server.admin;

import io.magpie.adapter.jdbc.move.StoreImport;
import java.io.Console;
import java.util.Optional;

/// Shows on a terminal how far an import is. Where there is no terminal it shows nothing.
final class ImportProgress implements StoreImport.Progress, AutoCloseable {
    private static final long TICK_NANOS = 200_000_000;

    private final boolean shown =
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    private long next = System.nanoTime();

    @Override
    public void at(String work, long rows, long of) {
        if (shown && System.nanoTime() - next >= 0) {
            next = System.nanoTime() + TICK_NANOS;
            System.err.printf("\r\033[K%s %3d %% of %,d rows ", work, of == 0 ? 100 : rows * 100 / of, of);
        }
    }

    @Override
    public void close() {
        if (shown) {
            System.err.print("\r\033[K");
        }
    }
}
