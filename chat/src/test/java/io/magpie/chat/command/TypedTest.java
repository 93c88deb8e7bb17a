package io.magpie.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/help | HELP | ''",
                "/OPEN Book Club | OPEN | Book,Club",
                "/group new \"Book Club\" ann bob | GROUP | new,Book Club,ann,bob",
                "/msg ann hello there | MSG | ann,hello,there",
                "/reply 12 yes | REPLY | 12,yes",
                "/me | ME | ''",
                "'  /quit  ' | QUIT | ''",
            })
    void understandsCommands(String line, Verb verb, String words) {
        assertThat(Typed.parse(line)).isInstanceOfSatisfying(Typed.Call.class, call -> {
            assertThat(call.verb()).isEqualTo(verb);
            assertThat(call.words()).isEqualTo(words.isEmpty() ? List.of() : List.of(words.split(",")));
        });
    }

    @Test
    void keepsTheTextAfterItsWordsAsTyped() {
        Typed.Call call = (Typed.Call) Typed.parse("/msg \"ann lee\"  two  spaces");
        assertThat(call.from(1)).isEqualTo("two  spaces");
    }

    @Test
    void everythingElseIsSaid() {
        assertThat(Typed.parse("hello")).isEqualTo(new Typed.Say("hello"));
        assertThat(Typed.parse("  indented ")).isEqualTo(new Typed.Say("  indented"));
        assertThat(Typed.parse("//etc/passwd")).isEqualTo(new Typed.Say("/etc/passwd"));
        assertThat(Typed.parse("   ")).isEqualTo(new Typed.Nothing());
        assertThat(Typed.parse("/3")).isEqualTo(new Typed.Go(3));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(hint("/hlep")).contains("/hlep: no such command", "did you mean /help?");
        assertThat(hint("/xyzzy-plugh")).contains("see /help");
        assertThat(hint("/reply 3")).isEqualTo("usage: /reply N TEXT");
        assertThat(hint("/group new Club")).startsWith("usage: /group");
    }

    private static String hint(String line) {
        return ((Typed.Wrong) Typed.parse(line)).hint();
    }

    @Test
    void emojiHaveNames() {
        assertThat(Emoji.expand("well done :tada: :nope: 12:30:00")).isEqualTo("well done 🎉 :nope: 12:30:00");
    }

    @Test
    void completesWhateverIsBegun() {
        var known = new Completion.Known(
                List.of("ann", "annette", "bob"), List.of("bob", "bert"), List.of("Book Club", "ann"));
        assertThat(Completion.of("/re", known).candidates()).containsExactly("/react ", "/recall ", "/reply ");
        assertThat(Completion.of("/msg an", known)).isEqualTo(new Completion(5, List.of("ann ", "annette ")));
        assertThat(Completion.of("/msg ann he", known)).isEqualTo(Completion.NONE);
        assertThat(Completion.of("/open Book C", known)).isEqualTo(new Completion(6, List.of("Book Club")));
        assertThat(Completion.of("/group new Club b", known).candidates()).containsExactly("bob ");
        assertThat(Completion.of("hi @b", known)).isEqualTo(new Completion(3, List.of("@bert ", "@bob ")));
        assertThat(Completion.of("hi :tad", known)).isEqualTo(new Completion(3, List.of("🎉")));
        assertThat(Completion.of("plain", known)).isEqualTo(Completion.NONE);
    }
}
