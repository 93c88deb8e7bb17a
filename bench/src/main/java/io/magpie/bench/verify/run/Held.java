package io.magpie.bench.verify.run;

import java.util.TreeSet;

/// What a device holds of one conversation: everything up to a seq, and what came before its turn. Not thread-safe.
final class Held {
    private final TreeSet<Long> early = new TreeSet<>();
    private long top;

    void add(long seq) {
        if (seq > top) {
            early.add(seq);
            advance();
        }
    }

    /// Nothing before `seq` is to be had.
    void startAt(long seq) {
        if (seq - 1 > top) {
            top = seq - 1;
            early.headSet(seq).clear();
            advance();
        }
    }

    private void advance() {
        while (!early.isEmpty() && early.first() == top + 1) {
            top++;
            early.pollFirst();
        }
    }

    /// Everything up to here is held.
    long top() {
        return top;
    }
}
