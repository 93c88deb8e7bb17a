package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.scenario.Idle;
import io.magpie.bench.scenario.Login;
import io.magpie.bench.scenario.Scenario;
import io.magpie.bench.scenario.Steady;
import io.magpie.bench.scenario.Turn;
import io.magpie.bench.target.Reference;
import io.magpie.bench.target.Server;
import io.magpie.bench.wire.LoadClient;
import io.magpie.bench.wire.Outgoing;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Short rounds against the relays.
class RoundIT {
    private static final int USERS = 20;

    @TempDir
    Path logs;

    private static Measured run(Server server, Scenario scenario, int quietSeconds) throws InterruptedException {
        try (LoadClient client = new LoadClient(2)) {
            Turn.Size size = new Turn.Size(USERS, 1, 100, 1, quietSeconds);
            return scenario.run(server, new Turn(size, 7, true, 0, false, client, _ -> {}));
        }
    }

    private static Scenario scenario(String name) {
        return switch (name) {
            case "one-to-one" -> Steady.oneToOne(4);
            case "fanout" -> Steady.fanOut(3, 2);
            case "rate" -> Steady.rate(500);
            case "login" -> new Login(4, 0, 10, false);
            case "login-fresh" -> new Login(4, 0, 10, true);
            default -> new Idle(5, 2, 0, 10, 0);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "relay, one-to-one, 1",
        "relay, fanout, 19",
        "relay, rate, 1",
        "relay, login, 1",
        "netty-socketio, one-to-one, 1",
        "netty-socketio, fanout, 19",
        "netty-socketio, login, 1",
        "netty-socketio, login-fresh, 1"
    })
    void relaysLoseNothing(String reference, String scenario, int receivers) throws Exception {
        try (Server server = Reference.start(reference, logs, _ -> {})) {
            Measured measured = run(server, scenario(scenario), 30);
            assertThat(measured.complaint()).isNull();
            assertThat(measured.clean()).isTrue();
            assertThat(measured.counts().received())
                    .isPositive()
                    .isEqualTo(measured.counts().acknowledged() * receivers);
            assertThat(measured.figure(Figure.PER_SECOND)).isPositive();
            assertThat(measured.figure(Figure.RESIDENT)).isGreaterThan(10);
            assertThat(measured.figure(Figure.GC_SHARE)).isNotNegative();
        }
    }

    @Test
    void idleConnectionsAreWeighed() throws Exception {
        try (Server server = Reference.start(Reference.RELAY, logs, _ -> {})) {
            Measured measured = run(server, scenario("idle"), 1);
            assertThat(measured.clean()).isTrue();
            assertThat(measured.figures()).containsKeys(Figure.KB_PER_CONNECTION, Figure.HEAP_KB_PER_CONNECTION);
            assertThat(measured.series().getFirst().points())
                    .extracting(Series.Point::x)
                    .containsExactly(5.0, 20.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"LOSE, 1, 0, 0", "DOUBLE, 0, 1, 0", "SWAP, 0, 0, 1"})
    void whatTheServerDoesWrongIsSeen(Wrong wrong, long lost, long duplicate, long disordered) throws Exception {
        try (Server relay = Reference.start(Reference.RELAY, logs, _ -> {})) {
            Measured measured = run(new Faulty(relay, wrong), Steady.rate(200), 1);
            assertThat(measured.counts().lost()).isEqualTo(lost);
            assertThat(measured.counts().duplicate()).isEqualTo(duplicate);
            assertThat(measured.counts().disordered()).isEqualTo(disordered);
            assertThat(measured.clean()).isFalse();
        }
    }

    enum Wrong {
        LOSE,
        DOUBLE,
        SWAP
    }

    private record Faulty(Server sound, Wrong wrong) implements Server {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public Subject subject(int round) throws InterruptedException {
            Subject subject = sound.subject(round);
            return new Subject(
                    name(), subject.endpoint(), new FaultyDialect(subject.dialect(), wrong), subject.usage());
        }

        @Override
        public void close() {}
    }

    /// Passes everything on as it is but the fifth message that user 3 gets.
    private static final class FaultyDialect implements Dialect {
        private final Dialect sound;
        private final Wrong wrong;
        private final AtomicInteger arrived = new AtomicInteger();
        private byte[] held = {};

        FaultyDialect(Dialect sound, Wrong wrong) {
            this.sound = sound;
            this.wrong = wrong;
        }

        @Override
        public void frame(User user, byte[] bytes, int from, int to) {
            if (user.index() != 3 || Stamp.find(bytes, from, to) < 0) {
                sound.frame(user, bytes, from, to);
                return;
            }
            boolean fifth = arrived.incrementAndGet() == 5;
            if (fifth && wrong == Wrong.SWAP) {
                held = java.util.Arrays.copyOfRange(bytes, from, to);
            } else if (!fifth || wrong == Wrong.DOUBLE) {
                sound.frame(user, bytes, from, to);
            }
            if (fifth && wrong == Wrong.DOUBLE) {
                sound.frame(user, bytes, from, to);
            }
            if (arrived.get() == 6 && held.length > 0) {
                sound.frame(user, held, 0, held.length);
            }
        }

        @Override
        public String requestTarget(int user) {
            return sound.requestTarget(user);
        }

        @Override
        public void opened(User user) {
            sound.opened(user);
        }

        @Override
        public byte[] address(User user, User peer) {
            return sound.address(user, peer);
        }

        @Override
        public byte[] group(List<User> members) {
            return sound.group(members);
        }

        @Override
        public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
            sound.message(user, out, address, number, stamp);
        }
    }
}
