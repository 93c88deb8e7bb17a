package io.magpie.bench.check;

/// How records fit the promises, summed over devices.
///
/// @param messages received, each counted once
/// @param missing promised and not received
/// @param duplicates entries received again, and messages that stand in the log twice
/// @param disordered received after a later one
/// @param altered another entry than was promised, or than another device got, at the same seq
/// @param holes seqs between first and last at which nothing was received and nothing was promised
public record Verdict(long messages, long missing, long duplicates, long disordered, long altered, long holes) {
    static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0);

    static Verdict absent(long promises) {
        return new Verdict(0, promises, 0, 0, 0, 0);
    }

    public Verdict plus(Verdict other) {
        return new Verdict(
                messages + other.messages,
                missing + other.missing,
                duplicates + other.duplicates,
                disordered + other.disordered,
                altered + other.altered,
                holes + other.holes);
    }

    public boolean clean() {
        return missing + duplicates + disordered + altered + holes == 0;
    }
}
