package io.magpie.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World!           | hello",
                "Hello, World!           | world hello",
                "Hello, World!           | wor",
                "Hello, World!           | hello WOR",
                "café crème              | CAFE",
                "cafe                    | café",
                "ＡＢＣ１２３            | abc123",
                "İstanbul                | istanbul",
                "don't                   | don't",
                "a.b@example.com         | example",
                "2026-09-21              | 2026 09",
                "明天中午吃饭吗          | 中午",
                "明天中午吃饭吗          | 吗",
                "明天中午吃饭吗          | 明",
                "明天中午吃饭吗          | 明天中午吃饭吗",
                "明天中午吃饭吗          | 吃饭 明天",
                "用iPhone手机            | iphone",
                "用iPhone手机            | 手机 iphone",
                "第3章                   | 3",
                "カタカナとひらがな      | ﾀｶﾅ",
                "がぎぐ                  | ぎ",
                "コーヒー                | ーヒ",
                "안녕하세요              | 하세",
                "สวัสดีครับ                | ครับ",
                "party 🎉🎉 tonight      | 🎉",
                "well done 👍🏽            | 👍",
                "👩‍💻 at work              | 💻 work",
                "co\u00adoperate         | cooperate",
                "𝐁𝐨𝐥𝐝                    | bold",
                "𠮷野家                  | 𠮷野",
            })
    void finds(String text, String query) {
        assertThat(found(query, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World!           | hel world",
                "Hello, World!           | orld",
                "Hello, World!           | hello worlds",
                "明天中午吃饭吗          | 天明",
                "明天中午吃饭吗          | 明午",
                "中午 吃饭               | 午吃",
                "かき                    | がき",
                "𠮷野家                  | 𠮶野",
                "hello                   | hello 🎉",
                "ab                      | a b",
            })
    void doesNotFind(String text, String query) {
        assertThat(found(query, text)).isFalse();
    }

    /// An index that is asked by the terms must not hide what would be found.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, World!",
                "明天中午吃饭吗",
                "用iPhone手机",
                "好好好",
                "好",
                "👩‍💻🎉",
                "𠮷野家𠮷",
                "x",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa𝄞"
            })
    void whateverIsFoundIsUnderItsTerms(String text) {
        var terms =
                Words.of(text).stream().flatMap(word -> word.terms().stream()).toList();
        var points = text.codePoints().toArray();
        int found = 0;
        for (int from = 0; from < points.length; from++) {
            for (int to = from + 1; to <= points.length; to++) {
                var query = new String(points, from, to - from);
                if (Phrase.parse(query) instanceof Outcome.Done<Phrase>(Phrase phrase) && phrase.foundIn(text)) {
                    found++;
                    assertThat(phrase.terms())
                            .as(query)
                            .isNotEmpty()
                            .allMatch(term -> terms.stream()
                                    .anyMatch(there ->
                                            term.prefix() ? there.startsWith(term.text()) : there.equals(term.text())));
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void onlyWhatHoldsSomethingToLookForIsAQuery() {
        assertThat(refusal("")).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refusal(" \t\n \u0000 ")).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refusal("\"*():^-+{}|%_'")).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refusal("\ud83d")).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refusal("x".repeat(Phrase.MAX_BYTES + 1))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(Phrase.parse("x".repeat(Phrase.MAX_BYTES))).isInstanceOf(Outcome.Done.class);
    }

    private static ErrorCode refusal(String query) {
        return switch (Phrase.parse(query)) {
            case Outcome.Rejected<Phrase>(var rejection) -> rejection.code();
            case Outcome.Done<Phrase> done -> throw new AssertionError(done);
        };
    }

    private static boolean found(String query, String text) {
        return Phrase.parse(query) instanceof Outcome.Done<Phrase>(Phrase phrase) && phrase.foundIn(text);
    }
}
