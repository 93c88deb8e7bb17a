package io.magpie.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "hello, 5",
        "你好, 4",
        "e\u0301, 1",
        "👍, 2",
        "👍🏽, 2",
        "👨‍👩‍👧, 2",
        "🇩🇪, 2",
        "❤️, 2",
        "한국어, 6",
        "ｆｕｌｌ, 8",
        "…, 1"
    })
    void measuresWhatATerminalGives(String text, int columns) {
        assertThat(Width.of(text)).isEqualTo(columns);
    }

    @Test
    void cutsAndFillsToTheColumn() {
        assertThat(Width.pad("你好吗", 5)).isEqualTo("你好…");
        assertThat(Width.pad("你好吗", 4)).isEqualTo("你… ");
        assertThat(Width.pad("ab", 4)).isEqualTo("ab  ");
        assertThat(Width.fit("abc", 0)).isEmpty();
    }

    @Test
    void wrapsAtSpacesAndBetweenWideCharacters() {
        assertThat(Wrap.lines("the quick brown fox", 10)).containsExactly("the quick", "brown fox");
        assertThat(Wrap.lines("你好世界再见", 5)).containsExactly("你好", "世界", "再见");
        assertThat(Wrap.lines("see 你好世界", 8)).containsExactly("see 你好", "世界");
        assertThat(Wrap.lines("abcdefghijkl", 5)).containsExactly("abcde", "fghij", "kl");
        assertThat(Wrap.lines("a\n\nb", 5)).containsExactly("a", "", "b");
        assertThat(Wrap.lines("", 5)).containsExactly("");
    }

    @Test
    void noLineIsEverTooWideAndNothingIsLost() {
        Random random = new Random(5);
        String[] parts = {"a", "word", " ", "  ", "你", "👨‍👩‍👧", "e\u0301", "longerwordthanaline", "-", "🇩🇪"};
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            int columns = 2 + random.nextInt(20);
            List<String> lines = Wrap.lines(text.toString(), columns);
            assertThat(lines).allMatch(line -> Width.of(line) <= columns);
            assertThat(String.join("", lines).replace(" ", ""))
                    .isEqualTo(text.toString().replace(" ", ""));
        }
    }

    @Test
    void othersCannotMoveTheCursorOrTurnTheText() {
        assertThat(Clean.text("a\033[2Jb\007c\u009bd\u202ee\r\nf")).isEqualTo("a[2Jbcde\nf");
        assertThat(Clean.oneLine("a\nb")).isEqualTo("a b");
        assertThat(Clean.text("👨‍👩‍👧")).isEqualTo("👨‍👩‍👧");
    }

    @Test
    void withoutColoursThereAreNone() {
        Line line = Line.of("x", Style.ofPerson(1));
        assertThat(line.ansi(true)).contains(";38;5;");
        assertThat(line.ansi(false)).doesNotContain("38;5").contains("\033[0;1m");
    }
}
