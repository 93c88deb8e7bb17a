package io.magpie.chat.terminal;

import io.magpie.chat.text.Line;
import java.util.List;
import java.util.function.Consumer;

/// Puts lines on a terminal, writing only those that changed.
public final class Screen {
    private static final String ENTER = "\033[?1049h\033[?2004h\033[2J";
    private static final String LEAVE = "\033[?2004l\033[?1049l\033[?25h\033[0m";

    private final Consumer<String> out;
    private final boolean colors;
    private List<Line> shown = List.of();

    public Screen(Consumer<String> out, boolean colors) {
        this.out = out;
        this.colors = colors;
    }

    public void enter() {
        out.accept(ENTER);
    }

    public void leave() {
        out.accept(LEAVE);
    }

    public void bell() {
        out.accept("\007");
    }

    /// The next [#show] writes everything.
    public void forget() {
        shown = List.of();
        out.accept("\033[2J");
    }

    public void show(List<Line> lines, int cursorRow, int cursorColumn) {
        StringBuilder all = new StringBuilder("\033[?25l");
        for (int row = 0; row < lines.size(); row++) {
            Line line = lines.get(row);
            if (row < shown.size() && shown.get(row).equals(line)) {
                continue;
            }
            all.append("\033[").append(row + 1).append(";1H\033[0m\033[2K").append(line.ansi(colors));
        }
        shown = List.copyOf(lines);
        all.append("\033[")
                .append(cursorRow + 1)
                .append(';')
                .append(cursorColumn + 1)
                .append("H\033[?25h");
        out.accept(all.toString());
    }
}
