package io.magpie.chat.terminal;

import io.magpie.chat.text.Clean;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The line being typed, its cursor, and the lines typed before. Moves by what a reader sees as one character.
public final class LineEditor {
    private static final int REMEMBERED = 200;

    private final List<String> history = new ArrayList<>();
    private String text = "";
    private int cursor;
    private int recalled;
    private String unfinished = "";

    public String text() {
        return text;
    }

    public int cursor() {
        return cursor;
    }

    public String beforeCursor() {
        return text.substring(0, cursor);
    }

    public void set(String now) {
        text = now;
        cursor = now.length();
    }

    /// Replaces everything from `from` to the cursor.
    public void complete(int from, String with) {
        text = text.substring(0, from) + with + text.substring(cursor);
        cursor = from + with.length();
    }

    /// The whole line, which is empty afterwards and in the history.
    public String take() {
        String taken = text;
        if (!taken.isBlank() && (history.isEmpty() || !history.getLast().equals(taken))) {
            history.add(taken);
            if (history.size() > REMEMBERED) {
                history.removeFirst();
            }
        }
        recalled = history.size();
        set("");
        return taken;
    }

    /// @return false for keys that are not of editing
    public boolean handle(Key key) {
        switch (key.kind()) {
            case TEXT -> insert(Clean.text(key.text()));
            case NEWLINE -> insert("\n");
            case BACKSPACE -> delete(left(), cursor);
            case DELETE -> delete(cursor, right());
            case LEFT -> cursor = left();
            case RIGHT -> cursor = right();
            case WORD_LEFT -> cursor = wordLeft();
            case WORD_RIGHT -> cursor = wordRight();
            case HOME -> cursor = 0;
            case END -> cursor = text.length();
            case KILL_LINE -> delete(0, cursor);
            case KILL_END -> delete(cursor, text.length());
            case KILL_WORD -> delete(wordLeft(), cursor);
            case UP -> remember(-1);
            case DOWN -> remember(1);
            case ENTER,
                    TAB,
                    PAGE_UP,
                    PAGE_DOWN,
                    NEXT,
                    PREVIOUS,
                    UNREAD,
                    JUMP,
                    ESCAPE,
                    INTERRUPT,
                    END_OF_INPUT,
                    REDRAW -> {
                return false;
            }
        }
        return true;
    }

    private void insert(String inserted) {
        text = text.substring(0, cursor) + inserted + text.substring(cursor);
        cursor += inserted.length();
    }

    private void delete(int from, int to) {
        text = text.substring(0, from) + text.substring(to);
        cursor = from;
    }

    private int left() {
        return cursor == 0 ? 0 : characters().preceding(cursor);
    }

    private int right() {
        return cursor == text.length() ? cursor : characters().following(cursor);
    }

    private BreakIterator characters() {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return characters;
    }

    private int wordLeft() {
        int at = cursor;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private int wordRight() {
        int at = cursor;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void remember(int step) {
        int wanted = recalled + step;
        if (wanted < 0 || wanted > history.size()) {
            return;
        }
        if (recalled == history.size()) {
            unfinished = text;
        }
        recalled = wanted;
        set(wanted == history.size() ? unfinished : history.get(wanted));
    }
}
