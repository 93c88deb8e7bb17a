package io.magpie.bench.verify.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Faults in the order in which they come, chosen by a seed alone. Every kind comes before any comes again. One
/// thread.
public final class Schedule {
    private static final int LONGEST_MS = 16_000;
    private static final int SHORTEST_MS = 1_000;
    private static final int LONGEST_BREAK_MS = 8_000;

    private final Random random;
    private final List<Fault> faults;
    private final int nodes;
    private final List<Fault> bag = new ArrayList<>();

    /// @param breakMs quiet before it
    /// @param node counts from 0
    public record Planned(int breakMs, Fault fault, int node, int lastsMs) {}

    public Schedule(long seed, List<Fault> faults, int nodes) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("faults: none (expected: at least one)");
        }
        this.random = new Random(seed);
        this.faults = List.copyOf(faults);
        this.nodes = nodes;
    }

    public Planned next() {
        if (bag.isEmpty()) {
            bag.addAll(faults);
            Collections.shuffle(bag, random);
        }
        // Squared: most faults are short, some outlast every lease.
        double share = random.nextDouble();
        int lasts = SHORTEST_MS + (int) (share * share * (LONGEST_MS - SHORTEST_MS));
        return new Planned(
                1_000 + random.nextInt(LONGEST_BREAK_MS - 1_000), bag.removeLast(), random.nextInt(nodes), lasts);
    }
}
