package io.magpie.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatRowsTest {
    @Test
    void holdsWhatAMapOfListsHolds() {
        var rows = new RepeatRows();
        Map<Long, List<Long>> expected = new HashMap<>();
        var random = new Random(7);
        for (long row = 1; row <= 20_000; row++) {
            long number = 1L + random.nextInt(3000);
            if (random.nextInt(4) == 0 && expected.containsKey(number)) {
                rows.remove(number, expected.get(number).removeLast());
            } else {
                rows.add(number, row);
                expected.computeIfAbsent(number, _ -> new ArrayList<>()).add(row);
            }
            expected.values().removeIf(List::isEmpty);
        }
        for (long number = 1; number <= 3001; number++) {
            assertThat(Arrays.stream(rows.of(number)).boxed().toList())
                    .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(number, List.of()));
        }
    }
}
