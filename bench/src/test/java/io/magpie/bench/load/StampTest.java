package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import org.junit.jupiter.api.Test;

class StampTest {
    @Test
    void isReadBackWhereverItStands() {
        Outgoing out = new Outgoing().text("{\"text\":\"");
        new Stamp(0xBEEF, 100).of(999, 123456, 77_000_000_000_001L).writeTo(out);
        byte[] frame = Scan.ascii(out.text("\"}").toString());
        int at = Stamp.find(frame, 0, frame.length);
        assertThat(Stamp.run(frame, at)).isEqualTo(0xBEEF);
        assertThat(Stamp.sender(frame, at)).isEqualTo(999);
        assertThat(Stamp.counter(frame, at)).isEqualTo(123456);
        assertThat(Stamp.nanos(frame, at)).isEqualTo(77_000_000_000_001L);
    }

    @Test
    void hasTheSizeAskedFor() {
        for (int size : new int[] {Stamp.SIZE, 100, 8192}) {
            Outgoing out = new Outgoing();
            new Stamp(1, size).of(1, 1, 1).writeTo(out);
            assertThat(out.toString()).hasSize(size);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Stamp(1, Stamp.SIZE - 1));
    }

    @Test
    void isNotFoundInOtherFrames() {
        byte[] frame = Scan.ascii("{\"type\":\"pong\",\"x\":\"~~12\"}");
        assertThat(Stamp.find(frame, 0, frame.length)).isEqualTo(-1);
    }
}
