package io.magpie.bench.load;

import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import java.util.Arrays;

/// The text of a message: who sent it, as which one, when; then filler up to the wanted size. Fixed columns, so a
/// receiver reads it in place. One thread at a time.
public final class Stamp {
    private static final byte[] MARK = Scan.ascii("~~");
    private static final int RUN_DIGITS = 4;
    private static final int DIGITS = 8;
    private static final int TIME_DIGITS = 16;
    private static final int SENDER_AT = RUN_DIGITS;
    private static final int COUNTER_AT = SENDER_AT + DIGITS;
    private static final int TIME_AT = COUNTER_AT + DIGITS;
    static final int SIZE = 2 + TIME_AT + TIME_DIGITS;

    private final int run;
    private final byte[] filler;
    private int sender;
    private long counter;
    private long nanos;

    /// @param run tells this round's messages from those of earlier ones that are still under way
    /// @param size of the text in bytes
    public Stamp(int run, int size) {
        if (size < SIZE) {
            throw new IllegalArgumentException("size: " + size + " (expected: at least " + SIZE + ")");
        }
        this.run = run & 0xFFFF;
        this.filler = new byte[size - SIZE];
        Arrays.fill(filler, (byte) 'x');
    }

    Stamp of(int newSender, long newCounter, long newNanos) {
        sender = newSender;
        counter = newCounter;
        nanos = newNanos;
        return this;
    }

    /// Of the text in bytes.
    public int size() {
        return SIZE + filler.length;
    }

    public void writeTo(Outgoing out) {
        out.put(MARK)
                .hex(run, RUN_DIGITS)
                .hex(sender, DIGITS)
                .hex(counter, DIGITS)
                .hex(nanos, TIME_DIGITS)
                .put(filler);
    }

    /// Where the stamp's columns begin, or -1 if the frame holds none.
    static int find(byte[] bytes, int from, int to) {
        int at = Scan.after(bytes, from, to, MARK);
        return at >= 0 && to - at >= SIZE - MARK.length ? at : -1;
    }

    static int run(byte[] bytes, int at) {
        return (int) Scan.hex(bytes, at, RUN_DIGITS);
    }

    static int sender(byte[] bytes, int at) {
        return (int) Scan.hex(bytes, at + SENDER_AT, DIGITS);
    }

    static long counter(byte[] bytes, int at) {
        return Scan.hex(bytes, at + COUNTER_AT, DIGITS);
    }

    static long nanos(byte[] bytes, int at) {
        return Scan.hex(bytes, at + TIME_AT, TIME_DIGITS);
    }
}
