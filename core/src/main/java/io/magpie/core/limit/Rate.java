package io.magpie.core.limit;

/// So many at once, and then so many per minute.
///
/// @param burst at least 1
/// @param perMinute at least 1, at most 60,000,000
public record Rate(int burst, long perMinute) {
    public Rate {
        if (burst < 1 || perMinute < 1 || perMinute > 60_000_000) {
            throw new IllegalArgumentException(
                    "rate: " + burst + " at once, " + perMinute + " per minute (expected: at least 1 and 1..60000000)");
        }
    }

    public static Rate perMinute(int count) {
        return new Rate(count, count);
    }

    public static Rate perSecond(int count, int burst) {
        return new Rate(burst, count * 60L);
    }
}
