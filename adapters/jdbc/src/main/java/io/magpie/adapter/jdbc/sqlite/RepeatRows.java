package io.magpie.adapter.jdbc.sqlite;

import java.util.Arrays;

/// The rows behind the numbers of clientIds; a number can have several. A table of primitives, because every message
/// is looked up in it and added to it. Guarded by its [Generation].
final class RepeatRows {
    private static final long[] NONE = {};
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private long[] numbers = new long[16];
    private long[] rows = new long[16];
    private int used;

    void add(long number, long row) {
        if (used * 2 >= numbers.length) {
            grow();
        }
        put(number, row);
    }

    /// The slot stays in use, without a row: what was put behind it is still found.
    void remove(long number, long row) {
        for (int slot = slot(number); numbers[slot] != 0; slot = next(slot)) {
            if (numbers[slot] == number && rows[slot] == row) {
                rows[slot] = 0;
            }
        }
    }

    long[] of(long number) {
        var found = NONE;
        for (int slot = slot(number); numbers[slot] != 0; slot = next(slot)) {
            if (numbers[slot] == number && rows[slot] != 0) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = rows[slot];
            }
        }
        return found;
    }

    private void put(long number, long row) {
        int slot = slot(number);
        while (numbers[slot] != 0) {
            slot = next(slot);
        }
        numbers[slot] = number;
        rows[slot] = row;
        used++;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldRows = rows;
        numbers = new long[oldNumbers.length * 2];
        rows = new long[oldRows.length * 2];
        used = 0;
        for (int slot = 0; slot < oldNumbers.length; slot++) {
            if (oldRows[slot] != 0) {
                put(oldNumbers[slot], oldRows[slot]);
            }
        }
    }

    private int slot(long number) {
        return (int) ((number * MIX) >>> 32) & (numbers.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (numbers.length - 1);
    }
}
