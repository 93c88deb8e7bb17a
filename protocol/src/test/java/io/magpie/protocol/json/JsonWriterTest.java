package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.Utf8;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    @Test
    void textIsEscapedWhereJsonAsksForIt() {
        assertThat(text("plain /<>&' é中😀\u007f\u2028")).isEqualTo("plain /<>&' é中😀\u007f\u2028");
        assertThat(text("\"\\\b\f\n\r\t")).isEqualTo("\\\"\\\\\\b\\f\\n\\r\\t");
        assertThat(text("\u0000\u0001\u001f")).isEqualTo("\\u0000\\u0001\\u001f");
    }

    @Test
    void halfASurrogatePairIsEscaped() {
        assertThat(text("a\ud83d")).isEqualTo("a\\ud83d");
        assertThat(text("\ude00\ud83dé")).isEqualTo("\\ude00\\ud83dé");
        assertThat(text("\ud83d\ud83d\ude00")).isEqualTo("\\ud83d😀");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 9_007_199_254_740_991L, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE})
    void numbersAreDecimal(long number) {
        byte[] json = new JsonWriter().open().number(Field.SEQ, number).close().bytes();
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"seq\":" + number + "}");
    }

    @Test
    void commasStandBetweenOnly() {
        JsonWriter out = new JsonWriter().open();
        out.openList(Field.USERS)
                .closeList()
                .openList(Field.ITEMS)
                .item(1)
                .item("{")
                .item("[");
        out.open()
                .close()
                .open()
                .flag(Field.MORE, true)
                .flag(Field.ACTIVE, false)
                .close()
                .closeList();
        out.text(Field.TEXT, "").json(Field.DATA, "{}").open(Field.BODY).close().close();
        assertThat(new String(out.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"users\":[],\"items\":[1,\"{\",\"[\",{},{\"more\":true,\"active\":false}],"
                        + "\"text\":\"\",\"data\":{},\"body\":{}}");
    }

    @Test
    void anyLengthFits() {
        for (int length = 490; length < 530; length++) {
            assertThat(text("x".repeat(length))).hasSize(length);
            assertThat(text("x".repeat(length) + "é")).endsWith("xé");
            assertThat(text("\"".repeat(length))).hasSize(2 * length);
            assertThat(text("😀".repeat(length))).hasSize(2 * length);
        }
    }

    private static String text(String value) {
        byte[] json = new JsonWriter().open().text(Field.TEXT, value).close().bytes();
        assertThat(Utf8.valid(json)).isTrue();
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(text).startsWith("{\"text\":\"").endsWith("\"}");
        return text.substring(9, text.length() - 2);
    }
}
