package io.magpie.adapter.jdbc.sqlite;

import java.util.Arrays;

/// The newest entries of one conversation, with consecutive seqs, as the index knows them. Guarded by its
/// [Generation].
final class Run {
    final long conversation;
    final long firstSeq;

    /// Entries before it were deleted.
    long firstKept;

    private long[] rows = new long[2];
    private long[] authors = new long[2];
    private long[] repeats = new long[2];
    private int size;

    Run(long conversation, long firstSeq) {
        this.conversation = conversation;
        this.firstSeq = firstSeq;
    }

    int size() {
        return size;
    }

    long endSeq() {
        return firstSeq + size;
    }

    long row(long seq) {
        return rows[at(seq)];
    }

    long author(long seq) {
        return authors[at(seq)];
    }

    /// 0 for an entry without clientId.
    long repeat(long seq) {
        return repeats[at(seq)];
    }

    void author(long seq, long author) {
        authors[at(seq)] = author;
    }

    void add(long row, long author, long repeat) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            authors = Arrays.copyOf(authors, size * 2);
            repeats = Arrays.copyOf(repeats, size * 2);
        }
        rows[size] = row;
        authors[size] = author;
        repeats[size] = repeat;
        size++;
    }

    void removeLast() {
        size--;
    }

    private int at(long seq) {
        return (int) (seq - firstSeq);
    }
}
