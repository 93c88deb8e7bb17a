package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Reference;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.WsClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundIT {
    @TempDir
    Path logs;

    static List<Scenario> scenarios() {
        return List.of(new Scenario.Pairs(4), new Scenario.Group(3, 2), new Scenario.Rate(500));
    }

    private static Measured run(Subject subject, Scenario scenario, int quietSeconds) throws InterruptedException {
        try (WsClient client = new WsClient(2)) {
            return scenario.run(subject, new Round.Plan(20, 100, 0, 1, quietSeconds, 7), client, _ -> {});
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theRelayLosesNothing(Scenario scenario) throws Exception {
        try (Reference relay = Reference.start(Reference.RELAY, logs)) {
            Measured measured = run(relay.subject(1), scenario, 30);
            assertThat(measured.complaint()).isNull();
            assertThat(measured.clean()).isTrue();
            int receivers = scenario instanceof Scenario.Group ? 19 : 1;
            assertThat(measured.counts().received())
                    .isPositive()
                    .isEqualTo(measured.counts().acknowledged() * receivers);
            assertThat(measured.residentMegabytes()).isGreaterThan(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-to-one", "fanout"})
    void nettySocketIoLosesNothing(String scenario) throws Exception {
        try (Reference server = Reference.start(Reference.NETTY_SOCKETIO, logs)) {
            boolean pairs = scenario.equals("one-to-one");
            Measured measured = run(server.subject(1), pairs ? new Scenario.Pairs(4) : new Scenario.Group(3, 2), 30);
            assertThat(measured.complaint()).isNull();
            assertThat(measured.clean()).isTrue();
            assertThat(measured.counts().received()).isPositive();
        }
    }

    @Test
    void aFrameThatDoesNotArriveIsALoss() throws Exception {
        try (Reference relay = Reference.start(Reference.RELAY, logs)) {
            Subject sound = relay.subject(1);
            Subject lossy = new Subject("lossy", sound.endpoint(), new Lossy(sound.dialect()), sound.usage());
            Measured measured = run(lossy, new Scenario.Rate(200), 1);
            assertThat(measured.counts().lost()).isEqualTo(1);
            assertThat(measured.clean()).isFalse();
        }
    }

    /// Passes everything on but the fifth message to arrive.
    private record Lossy(Dialect sound, AtomicInteger arrived) implements Dialect {
        Lossy(Dialect sound) {
            this(sound, new AtomicInteger());
        }

        @Override
        public void frame(User user, byte[] bytes, int from, int to) {
            if (Stamp.find(bytes, from, to) < 0 || arrived.incrementAndGet() != 5) {
                sound.frame(user, bytes, from, to);
            }
        }

        @Override
        public String subprotocol() {
            return sound.subprotocol();
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
        public void message(Outgoing out, byte[] address, long counter, Stamp stamp) {
            sound.message(out, address, counter, stamp);
        }

        @Override
        public void keepAlive(User user) {
            sound.keepAlive(user);
        }
    }
}
