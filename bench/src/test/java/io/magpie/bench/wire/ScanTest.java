package io.magpie.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScanTest {
    private static final byte[] FRAME = Scan.ascii("{\"type\":\"sent\",\"id\":\"42\",\"seq\":917}");

    @Test
    void findsWhatFollowsAField() {
        int at = Scan.after(FRAME, 0, FRAME.length, Scan.ascii("\"seq\":"));
        assertThat(Scan.decimal(FRAME, at, FRAME.length)).isEqualTo(917);
        int id = Scan.after(FRAME, 0, FRAME.length, Scan.ascii("\"id\":\""));
        assertThat(Scan.decimal(FRAME, id, FRAME.length)).isEqualTo(42);
    }

    @Test
    void staysInsideItsBounds() {
        byte[] needle = Scan.ascii("917}");
        assertThat(Scan.after(FRAME, 0, FRAME.length, needle)).isEqualTo(FRAME.length);
        assertThat(Scan.after(FRAME, 0, FRAME.length - 1, needle)).isEqualTo(-1);
        assertThat(Scan.startsWith(FRAME, FRAME.length - 2, FRAME.length, needle))
                .isFalse();
        assertThat(Scan.decimal(FRAME, 0, FRAME.length)).isEqualTo(-1);
    }

    @Test
    void readsWhatOutgoingWrites() {
        for (long number : new long[] {0, 9, 10, 99, 100, 1234567890123L, Long.MAX_VALUE}) {
            byte[] decimal = Scan.ascii(new Outgoing().decimal(number).toString());
            assertThat(Scan.decimal(decimal, 0, decimal.length)).isEqualTo(number);
            assertThat(decimal).hasSize(Long.toString(number).length());
            byte[] hex = Scan.ascii(new Outgoing().hex(number, 16).toString());
            assertThat(Scan.hex(hex, 0, 16)).isEqualTo(number);
        }
    }

    @Test
    void outgoingGrows() {
        Outgoing out = new Outgoing();
        for (int i = 0; i < 1000; i++) {
            out.text("ab").decimal(7);
        }
        assertThat(out.toString()).isEqualTo("ab7".repeat(1000));
        assertThat(out.clear().toString()).isEmpty();
    }

    @Test
    void quotesAsJsonDemands() {
        assertThat(Json.quote("a\"b\\c\nd\u0001é")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001é\"");
    }
}
