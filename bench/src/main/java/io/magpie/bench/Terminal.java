package io.magpie.bench;

import java.io.PrintStream;

/// Progress on one line that is written over; one line each where nobody looks.
final class Terminal {
    private final PrintStream err;
    private final boolean live;
    private int width;

    Terminal(PrintStream err, boolean live) {
        this.err = err;
        this.live = live;
    }

    synchronized void progress(String text) {
        if (live) {
            err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
            err.flush();
        }
    }

    /// Something that stays.
    synchronized void line(String text) {
        if (width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
        err.println(text);
    }
}
