package io.magpie.cluster.command;

import java.io.PrintStream;
import java.util.List;

/// A terminal on which a block of lines is written over by the next, or a file that gets plain lines.
///
/// **Thread.** Any, one at a time; a block is never torn.
final class Screen {
    private static final String CLEAR = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean live;
    private int height;

    Screen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    boolean isLive() {
        return live;
    }

    /// What goes on, until the next thing is said.
    synchronized void progress(String text) {
        if (live) {
            block(List.of("  " + text + "…"));
        } else {
            out.println(text);
        }
    }

    /// In the place of the block before.
    synchronized void block(List<String> lines) {
        var text = new StringBuilder(back());
        lines.forEach(line -> text.append(line).append(CLEAR).append('\n'));
        out.print(text.append(CLEAR_BELOW));
        out.flush();
        height = lines.size();
    }

    /// Stays, in the place of the block before.
    synchronized void say(String text) {
        clear();
        out.println(text);
    }

    /// Takes the block before away.
    synchronized void clear() {
        if (height > 0) {
            out.print(back() + CLEAR_BELOW);
            out.flush();
            height = 0;
        }
    }

    /// What was written last stays.
    synchronized void keep() {
        height = 0;
    }

    private String back() {
        return height == 0 ? "" : "\u001b[" + height + "A\r";
    }
}
