package io.magpie.core.delivery;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A list of numbers without an object for each of them. Not safe for threads.
final class Longs {
    private static final long[] NONE = {};

    private long[] values;
    private int size;

    private Longs(long[] values) {
        this.values = values;
        this.size = values.length;
    }

    Longs() {
        this(NONE);
    }

    /// In ascending order.
    static Longs sorted(Collection<Long> numbers) {
        return new Longs(numbers.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    void set(int index, long value) {
        values[index] = value;
    }

    /// In a list in ascending order: where the value is, or, if it is not there, `-1 - index` of where it belongs.
    int find(long value) {
        return Arrays.binarySearch(values, 0, size, value);
    }

    /// Grows by a quarter at a time: most lists are filled once, and then stay as they are.
    void insert(int index, long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + size / 4 + 1);
        }
        System.arraycopy(values, index, values, index + 1, size - index);
        values[index] = value;
        size++;
    }

    void remove(int index) {
        System.arraycopy(values, index + 1, values, index, size - index - 1);
        size--;
    }

    /// A copy.
    List<Long> toList() {
        return Arrays.stream(values, 0, size).boxed().toList();
    }
}
