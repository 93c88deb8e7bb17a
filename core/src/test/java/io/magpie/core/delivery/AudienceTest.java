package io.magpie.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.session.Connection;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.TestConnection;
import io.magpie.core.session.TestSessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private static final int USERS = 50;

    private final Sessions sessions = new Sessions();
    private final List<Connection> connections = new ArrayList<>();
    private final Audience audience = new Audience(sessions, 0);

    AudienceTest() {
        for (int user = 0; user < USERS; user++) {
            var connection = new TestConnection();
            sessions.add(TestSessions.session(user, connection));
            connections.add(connection);
        }
    }

    @Test
    void sharesAnEntryAmongThoseWhoMaySeeIt() {
        Map<Integer, Long> firstSeqs = new HashMap<>();
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            int user = random.nextInt(USERS);
            if (random.nextInt(3) == 0) {
                audience.remove(user);
                firstSeqs.remove(user);
            } else {
                long from = random.nextLong(10);
                audience.add(user, from);
                firstSeqs.put(user, from);
            }
            long seq = random.nextLong(12);
            assertThat(reached(seq))
                    .containsExactlyInAnyOrderElementsOf(firstSeqs.entrySet().stream()
                            .filter(first -> first.getValue() <= seq)
                            .<Connection>map(first -> connections.get(first.getKey()))
                            .toList());
            assertThat(audience.size()).isEqualTo(firstSeqs.size());
        }
        assertThat(audience.users())
                .isEqualTo(firstSeqs.keySet().stream()
                        .sorted()
                        .map(Integer::longValue)
                        .toList());
    }

    private List<Connection> reached(long seq) {
        return audience.shares(seq).stream()
                .flatMap(share -> share.connections().stream())
                .toList();
    }
}
