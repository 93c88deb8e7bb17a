package io.magpie.chat.text;

import java.util.ArrayList;
import java.util.List;

/// Breaks text into lines: at its own line breaks, at spaces, between wide characters, and within a word only
/// if it is longer than a line.
public final class Wrap {
    private final int columns;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int width;
    /// Where the line may be broken, 0 if nowhere.
    private int breakAt;

    private Wrap(int columns) {
        this.columns = Math.max(2, columns);
    }

    /// At least one line; none is wider than `columns`.
    public static List<String> lines(String text, int columns) {
        Wrap wrap = new Wrap(columns);
        for (String paragraph : text.split("\n", -1)) {
            wrap.paragraph(paragraph);
        }
        return wrap.lines;
    }

    private void paragraph(String paragraph) {
        for (String cluster : Width.clusters(paragraph)) {
            int wide = Width.ofCluster(cluster);
            if (width + wide > columns && cluster.equals(" ")) {
                finish(line.length());
                continue;
            }
            while (width + wide > columns && !line.isEmpty()) {
                finish(breakAt > 0 ? breakAt : line.length());
            }
            if (wide == 2) {
                breakAt = line.length();
            }
            line.append(cluster);
            width += wide;
            if (cluster.equals(" ") || wide == 2) {
                breakAt = line.length();
            }
        }
        finish(line.length());
    }

    private void finish(int end) {
        lines.add(line.substring(0, end).stripTrailing());
        line.delete(0, end);
        width = Width.of(line.toString());
        breakAt = 0;
    }
}
