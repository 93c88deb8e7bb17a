package io.magpie.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.chat.text.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static List<Key> keys(String sent) throws IOException {
        int[] at = {0};
        KeyReader reader =
                new KeyReader(timeout -> at[0] < sent.length() ? sent.charAt(at[0]++) : timeout > 0 ? -2 : -1);
        List<Key> keys = new ArrayList<>();
        Key key = reader.read();
        while (key.kind() != Key.Kind.END_OF_INPUT) {
            keys.add(key);
            key = reader.read();
        }
        return keys;
    }

    @Test
    void readsKeysSequencesAndPastes() throws IOException {
        assertThat(keys("a\033[A\033[5~\0333\t\r\033[1;5D\033[99;9Zé👍\177"))
                .containsExactly(
                        new Key(Key.Kind.TEXT, "a"),
                        Key.of(Key.Kind.UP),
                        Key.of(Key.Kind.PAGE_UP),
                        new Key(Key.Kind.JUMP, "3"),
                        Key.of(Key.Kind.TAB),
                        Key.of(Key.Kind.ENTER),
                        Key.of(Key.Kind.WORD_LEFT),
                        new Key(Key.Kind.TEXT, "é"),
                        new Key(Key.Kind.TEXT, "👍"),
                        Key.of(Key.Kind.BACKSPACE));
        assertThat(keys("\033[200~two\rlines\033[201~x"))
                .containsExactly(new Key(Key.Kind.TEXT, "two\nlines"), new Key(Key.Kind.TEXT, "x"));
        assertThat(keys("\033")).containsExactly(Key.of(Key.Kind.ESCAPE));
    }

    private static void type(LineEditor editor, String text) {
        editor.handle(new Key(Key.Kind.TEXT, text));
    }

    @Test
    void editsByCharactersAsPeopleSeeThem() {
        LineEditor editor = new LineEditor();
        type(editor, "hi 👨‍👩‍👧");
        editor.handle(Key.of(Key.Kind.LEFT));
        assertThat(editor.cursor()).isEqualTo(3);
        type(editor, "x");
        editor.handle(Key.of(Key.Kind.DELETE));
        assertThat(editor.text()).isEqualTo("hi x");
        editor.handle(Key.of(Key.Kind.KILL_WORD));
        assertThat(editor.text()).isEqualTo("hi ");
        type(editor, "\033[2J");
        assertThat(editor.text()).isEqualTo("hi [2J");
    }

    @Test
    void remembersLinesAndTheUnfinishedOne() {
        LineEditor editor = new LineEditor();
        type(editor, "first");
        assertThat(editor.take()).isEqualTo("first");
        type(editor, "unfin");
        editor.handle(Key.of(Key.Kind.UP));
        assertThat(editor.text()).isEqualTo("first");
        editor.handle(Key.of(Key.Kind.DOWN));
        assertThat(editor.text()).isEqualTo("unfin");
    }

    @Test
    void theScreenWritesOnlyWhatChanged() {
        StringBuilder out = new StringBuilder();
        Screen screen = new Screen(out::append, true);
        screen.show(List.of(Line.of("one"), Line.of("two")), 1, 0);
        out.setLength(0);
        screen.show(List.of(Line.of("one"), Line.of("TWO")), 1, 0);
        assertThat(out.toString()).contains("TWO").doesNotContain("one");
        screen.forget();
        out.setLength(0);
        screen.show(List.of(Line.of("one"), Line.of("TWO")), 1, 0);
        assertThat(out.toString()).contains("one", "TWO");
    }
}
