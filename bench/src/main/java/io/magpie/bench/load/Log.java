package io.magpie.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A device's copy of one conversation: which message stands at which seq. One thread.
final class Log {
    record Place(long seq, int stream, long counter) {}

    private final Sequence seqs = new Sequence();
    private long[] columns = new long[48];
    private int length;

    /// False if the place is taken already.
    boolean add(long seq, int stream, long counter) {
        if (seqs.seen(seq)) {
            return false;
        }
        seqs.see(seq);
        if (length == columns.length) {
            columns = Arrays.copyOf(columns, length * 2);
        }
        columns[length++] = seq;
        columns[length++] = stream;
        columns[length++] = counter;
        return true;
    }

    List<Place> inOrder() {
        List<Place> places = new ArrayList<>(length / 3);
        for (int i = 0; i < length; i += 3) {
            places.add(new Place(columns[i], (int) columns[i + 1], columns[i + 2]));
        }
        places.sort(Comparator.comparingLong(Place::seq));
        return places;
    }
}
