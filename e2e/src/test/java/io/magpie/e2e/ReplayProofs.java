package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.replay.ChatLog;
import io.magpie.bench.replay.Replay;
import io.magpie.bench.target.Magpie;
import io.magpie.cluster.FleetNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `./magpie replay` on three nodes.
interface ReplayProofs extends OnThreeNodes {
    int LOGS = 3;
    int LINES = 220;
    List<String> NICKS = List.of("ann", "Ann", "bob_", "[Saint]", "Assassin`", "dee|away", "e^e", "fy", "gus-", "h\\h");

    Path folder();

    /// Members of each group are on all nodes. One node dies when half of it is said: nothing is missing, twice or
    /// out of order, for those who were connected as for those who come later.
    @Test
    @ResourceLock(NODES)
    default void recordedChatsSurviveTheDeathOfANode() throws Exception {
        List<ChatLog> logs = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            logs.add(ChatLog.read(recorded(Guests.name("log"), new Random(i))));
        }
        var servers = fleet().nodes().stream()
                .map(node -> Magpie.running(
                        Guests.http(node), Guests.webSocket(node), Guests.SECRET, InstantSource.system()))
                .toList();
        FleetNode dying = node(1);
        var killed = new AtomicBoolean();
        try (var replay = new Replay(servers, _ -> {})) {
            Thread killer = Thread.ofPlatform().name("killer").start(() -> {
                while (replay.acknowledged() < LOGS * LINES / 2
                        && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                dying.kill();
                killed.set(replay.acknowledged() < LOGS * LINES);
            });
            var result = replay.run(logs);
            killer.interrupt();
            killer.join();
            assertThat(result.clean()).as("%s", result).isTrue();
            assertThat(killed).isTrue();
        } finally {
            dying.start();
        }
    }

    private Path recorded(String name, Random random) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String nick = NICKS.get(random.nextInt(NICKS.size()));
            lines.add("[12:%02d] <%s> %d: says \u201c%s\u201d"
                    .formatted(i % 60, nick, i, Long.toString(random.nextLong(), 36)));
        }
        return Files.write(folder().resolve(name + ".txt"), lines);
    }
}
