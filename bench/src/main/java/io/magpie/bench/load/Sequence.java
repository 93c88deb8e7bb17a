package io.magpie.bench.load;

import java.util.HashSet;
import java.util.Set;

/// Which of 1, 2, 3, … have been seen, how often one came twice, and how often one came after a later one. Costs two
/// numbers as long as all come in order. One thread.
public final class Sequence {
    private final Set<Long> missing = new HashSet<>();
    private long highest;
    private long duplicates;
    private long disordered;

    public void see(long number) {
        if (number == highest + 1) {
            highest = number;
        } else if (number > highest) {
            for (long skipped = highest + 1; skipped < number; skipped++) {
                missing.add(skipped);
            }
            highest = number;
        } else if (missing.remove(number)) {
            disordered++;
        } else {
            duplicates++;
        }
    }

    public boolean seen(long number) {
        return number <= highest && !missing.contains(number);
    }

    public long duplicates() {
        return duplicates;
    }

    public long disordered() {
        return disordered;
    }

    /// How many of those that `acknowledged` has seen, up to `last`, are not here.
    public long lacking(Sequence acknowledged, long last) {
        long lacking = 0;
        for (long number : missing) {
            lacking += acknowledged.seen(number) ? 1 : 0;
        }
        for (long number = highest + 1; number <= last; number++) {
            lacking += acknowledged.seen(number) ? 1 : 0;
        }
        return lacking;
    }
}
