package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long MILLI = 1_000_000;

    @Test
    void nothingLeavesEarlyAndNothingIsLeftOut() {
        Timetable timetable = new Timetable(1000);
        timetable.begin(50);
        List<Long> left = new ArrayList<>();
        timetable.due(49, (number, _) -> left.add(number));
        assertThat(left).isEmpty();
        timetable.due(50 + 2 * MILLI, (number, _) -> left.add(number));
        timetable.due(50 + 2 * MILLI, (number, _) -> left.add(number));
        timetable.due(50 + 3 * MILLI, (number, _) -> left.add(number));
        assertThat(left).containsExactly(0L, 1L, 2L, 3L);
    }

    /// A server that answers at once but stands still for a second in ten: without correction the 99th percentile
    /// would be the normal millisecond, because nobody asked while it stood.
    @Test
    void aStallCountsForAllItDelayed() {
        Timetable timetable = new Timetable(1000);
        timetable.begin(0);
        Histogram latency = new Histogram(3);
        for (long now = 0; now < 10_000; now++) {
            boolean stalled = now >= 5000 && now < 6000;
            if (!stalled) {
                long nanos = now * MILLI;
                timetable.due(nanos, (_, due) -> latency.recordValue(nanos - due + MILLI));
            }
        }
        assertThat(latency.getTotalCount()).isEqualTo(10_000);
        assertThat(latency.getValueAtPercentile(50)).isLessThan(2 * MILLI);
        assertThat(latency.getValueAtPercentile(99)).isGreaterThan(800 * MILLI);
    }

    @Test
    void keepsAnOddRateOverTime() {
        Timetable timetable = new Timetable(7);
        timetable.begin(0);
        List<Long> due = new ArrayList<>();
        timetable.due(1_000_000_000_000L, (_, nanos) -> due.add(nanos));
        assertThat(due).hasSize(7001);
        assertThat(due.getLast()).isEqualTo(1_000_000_000_000L);
    }
}
