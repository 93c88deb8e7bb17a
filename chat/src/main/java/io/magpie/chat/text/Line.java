package io.magpie.chat.text;

import java.util.ArrayList;
import java.util.List;

/// One line of the screen. Immutable.
public record Line(List<Span> spans) {
    public static final Line EMPTY = new Line(List.of());

    /// @param column where it starts whatever stands before; -1 right after it
    public record Span(String text, Style style, int column) {}

    public Line {
        spans = List.copyOf(spans);
    }

    public static Line of(String text, Style style) {
        return EMPTY.plus(text, style);
    }

    public static Line of(String text) {
        return of(text, Style.PLAIN);
    }

    public Line plus(String text, Style style) {
        return with(new Span(text, style, -1));
    }

    public Line plus(String text) {
        return plus(text, Style.PLAIN);
    }

    public Line plus(Line other) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return new Line(all);
    }

    /// Continues at a column, so that a terminal that measures a character otherwise cannot shift what follows.
    public Line at(int column, Line other) {
        List<Span> all = new ArrayList<>(spans);
        int fill = Math.max(0, column - width());
        all.add(new Span(" ".repeat(fill), Style.PLAIN, -1));
        for (int i = 0; i < other.spans.size(); i++) {
            Span span = other.spans.get(i);
            all.add(i == 0 ? new Span(span.text, span.style, column) : span);
        }
        return new Line(all);
    }

    private Line with(Span span) {
        List<Span> all = new ArrayList<>(spans);
        all.add(span);
        return new Line(all);
    }

    public int width() {
        return spans.stream().mapToInt(span -> Width.of(span.text)).sum();
    }

    /// Without any styles.
    public String plain() {
        StringBuilder plain = new StringBuilder();
        spans.forEach(span -> plain.append(span.text));
        return plain.toString();
    }

    public String ansi(boolean colors) {
        StringBuilder ansi = new StringBuilder();
        for (Span span : spans) {
            if (span.column >= 0) {
                ansi.append("\033[").append(span.column + 1).append('G');
            }
            ansi.append(span.style.ansi(colors)).append(span.text);
        }
        return ansi.append("\033[0m").toString();
    }
}
