package io.magpie.bench.load;

/// When each message of a fixed rate is due: number n at n intervals after the beginning, whatever happened to those
/// before. One thread.
public final class Timetable {
    public interface Departure {
        void leave(long number, long dueNanos);
    }

    private final double intervalNanos;
    private long begin;
    private long next;

    public Timetable(int perSecond) {
        this.intervalNanos = 1e9 / perSecond;
    }

    public void begin(long nanos) {
        begin = nanos;
        next = 0;
    }

    /// Everything due by now that has not left yet.
    public void due(long nanos, Departure departure) {
        for (long at = at(next); at - nanos <= 0; at = at(next)) {
            departure.leave(next++, at);
        }
    }

    private long at(long number) {
        return begin + (long) (number * intervalNanos);
    }
}
