package io.magpie.chat.terminal;

import io.magpie.chat.terminal.Key.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Makes keys of what a terminal sends. One thread.
public final class KeyReader {
    private static final int ESC = 27;
    /// What follows an escape this late is another key.
    private static final long SEQUENCE_MS = 50;
    private static final int LONGEST_PASTE = 100_000;
    private static final String PASTE_ENDS = "\033[201~";

    private static final Map<Integer, Kind> CONTROLS = Map.ofEntries(
            Map.entry(1, Kind.HOME),
            Map.entry(3, Kind.INTERRUPT),
            Map.entry(4, Kind.END_OF_INPUT),
            Map.entry(5, Kind.END),
            Map.entry(8, Kind.BACKSPACE),
            Map.entry(9, Kind.TAB),
            Map.entry(10, Kind.ENTER),
            Map.entry(11, Kind.KILL_END),
            Map.entry(12, Kind.REDRAW),
            Map.entry(13, Kind.ENTER),
            Map.entry(14, Kind.NEXT),
            Map.entry(16, Kind.PREVIOUS),
            Map.entry(21, Kind.KILL_LINE),
            Map.entry(23, Kind.KILL_WORD),
            Map.entry(127, Kind.BACKSPACE));

    private static final Map<String, Kind> SEQUENCES = Map.ofEntries(
            Map.entry("[A", Kind.UP),
            Map.entry("[B", Kind.DOWN),
            Map.entry("[C", Kind.RIGHT),
            Map.entry("[D", Kind.LEFT),
            Map.entry("OA", Kind.UP),
            Map.entry("OB", Kind.DOWN),
            Map.entry("OC", Kind.RIGHT),
            Map.entry("OD", Kind.LEFT),
            Map.entry("[H", Kind.HOME),
            Map.entry("[F", Kind.END),
            Map.entry("OH", Kind.HOME),
            Map.entry("OF", Kind.END),
            Map.entry("[1~", Kind.HOME),
            Map.entry("[4~", Kind.END),
            Map.entry("[7~", Kind.HOME),
            Map.entry("[8~", Kind.END),
            Map.entry("[3~", Kind.DELETE),
            Map.entry("[5~", Kind.PAGE_UP),
            Map.entry("[6~", Kind.PAGE_DOWN),
            Map.entry("[1;5D", Kind.WORD_LEFT),
            Map.entry("[1;5C", Kind.WORD_RIGHT),
            Map.entry("[1;3D", Kind.WORD_LEFT),
            Map.entry("[1;3C", Kind.WORD_RIGHT),
            Map.entry("[1;3A", Kind.PREVIOUS),
            Map.entry("[1;3B", Kind.NEXT),
            Map.entry("b", Kind.WORD_LEFT),
            Map.entry("f", Kind.WORD_RIGHT),
            Map.entry("a", Kind.UNREAD),
            Map.entry("n", Kind.NEXT),
            Map.entry("p", Kind.PREVIOUS),
            Map.entry("\r", Kind.NEWLINE),
            Map.entry("\n", Kind.NEWLINE),
            Map.entry("\177", Kind.KILL_WORD));

    /// Where characters come from.
    public interface Chars {
        /// @param timeoutMs 0 waits for ever
        /// @return a UTF-16 unit; -1 at the end, -2 if nothing came in time
        int read(long timeoutMs) throws IOException;
    }

    private final Chars chars;

    public KeyReader(Chars chars) {
        this.chars = chars;
    }

    /// Waits for a key. Sequences of no meaning are passed over.
    public Key read() throws IOException {
        while (true) {
            int c = chars.read(0);
            Optional<Key> key = c == ESC ? escape() : simple(c);
            if (key.isPresent()) {
                return key.get();
            }
        }
    }

    private Optional<Key> simple(int c) throws IOException {
        if (c == -1) {
            return Optional.of(Key.of(Kind.END_OF_INPUT));
        }
        Kind control = CONTROLS.get(c);
        if (control != null) {
            return Optional.of(Key.of(control));
        }
        if (c < ' ') {
            return Optional.empty();
        }
        if (Character.isHighSurrogate((char) c)) {
            int low = chars.read(SEQUENCE_MS);
            return low < 0 ? Optional.empty() : Optional.of(new Key(Kind.TEXT, "" + (char) c + (char) low));
        }
        return Optional.of(new Key(Kind.TEXT, String.valueOf((char) c)));
    }

    private Optional<Key> escape() throws IOException {
        int c = chars.read(SEQUENCE_MS);
        if (c < 0) {
            return Optional.of(Key.of(Kind.ESCAPE));
        }
        if (c >= '1' && c <= '9') {
            return Optional.of(new Key(Kind.JUMP, String.valueOf((char) c)));
        }
        StringBuilder sequence = new StringBuilder().append((char) c);
        if (c == '[' || c == 'O') {
            int next = chars.read(SEQUENCE_MS);
            while (next >= 0) {
                sequence.append((char) next);
                if (next >= 0x40 && next <= 0x7E) {
                    break;
                }
                next = chars.read(SEQUENCE_MS);
            }
        }
        if (sequence.toString().equals("[200~")) {
            return Optional.of(new Key(Kind.TEXT, paste()));
        }
        Kind kind = SEQUENCES.get(sequence.toString());
        return kind == null ? Optional.empty() : Optional.of(Key.of(kind));
    }

    private String paste() throws IOException {
        StringBuilder pasted = new StringBuilder();
        while (pasted.length() < LONGEST_PASTE) {
            int c = chars.read(1000);
            if (c < 0) {
                break;
            }
            pasted.append((char) c);
            int end = pasted.length() - PASTE_ENDS.length();
            if (end >= 0 && pasted.indexOf(PASTE_ENDS, end) == end) {
                pasted.setLength(end);
                break;
            }
        }
        return pasted.toString().replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
    }
}
