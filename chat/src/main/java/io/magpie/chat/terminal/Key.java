package io.magpie.chat.terminal;

/// A key, or text that was pasted.
///
/// @param text for `TEXT` what is inserted, for `JUMP` the digit; else empty
public record Key(Kind kind, String text) {
    public enum Kind {
        TEXT,
        ENTER,
        NEWLINE,
        TAB,
        BACKSPACE,
        DELETE,
        LEFT,
        RIGHT,
        WORD_LEFT,
        WORD_RIGHT,
        UP,
        DOWN,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        KILL_LINE,
        KILL_END,
        KILL_WORD,
        NEXT,
        PREVIOUS,
        UNREAD,
        JUMP,
        ESCAPE,
        INTERRUPT,
        END_OF_INPUT,
        REDRAW
    }

    static Key of(Kind kind) {
        return new Key(kind, "");
    }
}
