package io.magpie.bench.verify.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<Fault> ALL = List.of(Fault.values());

    @Test
    void theSeedAloneChooses() {
        assertThat(some(7, 50)).isEqualTo(some(7, 50)).isNotEqualTo(some(8, 50));
    }

    @Test
    void everyKindComesBeforeAnyComesAgain() {
        for (int from = 0; from < 5 * ALL.size(); from += ALL.size()) {
            var faults = some(3, 5 * ALL.size()).subList(from, from + ALL.size()).stream()
                    .map(Schedule.Planned::fault)
                    .toList();
            assertThat(new HashSet<>(faults)).hasSize(ALL.size());
        }
    }

    @Test
    void faultsAreParsedByName() {
        assertThat(Fault.parse("kill,redis-wipe, slow-readers"))
                .containsExactly(Fault.KILL, Fault.REDIS_WIPE, Fault.SLOW_READERS);
        assertThatThrownBy(() -> Fault.parse("kill,earthquake"))
                .hasMessage("fault: earthquake (expected: " + Fault.ids() + ")");
    }

    private static List<Schedule.Planned> some(long seed, int count) {
        var schedule = new Schedule(seed, ALL, 3);
        List<Schedule.Planned> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(schedule.next());
        }
        return some;
    }
}
