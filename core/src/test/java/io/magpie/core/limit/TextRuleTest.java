package io.magpie.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextRuleTest {
    private static final TextRule RULE = TextRule.line("name", 1, 8);

    @Test
    void countsBytesOfUtf8() {
        assertThat(RULE.check("12345678")).isEqualTo(Outcome.done("12345678"));
        assertThat(RULE.check("𝄞𝄞")).isEqualTo(Outcome.done("𝄞𝄞"));
        assertThat(message("喜鹊喜")).isEqualTo("name: 9 bytes of UTF-8 (expected: 1..8)");
        assertThat(message("   ")).isEqualTo("name: 0 bytes of UTF-8 (expected: 1..8)");
        assertThat(RULE.check(" a b ")).isEqualTo(Outcome.done("a b"));
    }

    @Test
    void refusesWhatCannotBeWritten() {
        assertThat(message("a\ud800b")).contains("not well-formed");
        assertThat(message("a\ndb")).contains("control character");
        assertThat(message("a\u0000b")).contains("control character");
        assertThat(TextRule.lines("bio", 0, 8).check("a\n\tb")).isEqualTo(Outcome.done("a\n\tb"));
    }

    @Test
    void shortensBetweenCharacters() {
        String text = "a喜𝄞é";
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(Utf8.shorten(text, 3)).isEqualTo("a");
        assertThat(Utf8.shorten(text, 4)).isEqualTo("a喜");
        assertThat(Utf8.shorten(text, 7)).isEqualTo("a喜");
        assertThat(Utf8.shorten(text, 8)).isEqualTo("a喜𝄞");
        assertThat(Utf8.shorten(text, 100)).isEqualTo(text);
    }

    private static String message(String text) {
        return switch (RULE.check(text)) {
            case Outcome.Done<String> _ -> "done";
            case Outcome.Rejected<String>(var rejection) -> rejection.message();
        };
    }
}
