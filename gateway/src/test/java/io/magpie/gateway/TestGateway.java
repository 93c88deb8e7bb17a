package io.magpie.gateway;

import io.magpie.core.limit.TrustedProxies;
import io.magpie.protocol.json.JsonCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A gateway on a free port of loopback, in front of a [FakeHandler].
final class TestGateway implements AutoCloseable {
    final FakeHandler handler = new FakeHandler();
    final GatewayStats stats = new GatewayStats();
    final Gateway gateway;

    TestGateway(GatewaySettings settings) throws IOException {
        gateway = Gateway.start(settings, handler, new JsonCodec(), stats, null);
    }

    static TestGateway start() throws IOException {
        return new TestGateway(settings());
    }

    static TestGateway withLiveness(UnaryOperator<GatewaySettings.Liveness> change) throws IOException {
        var s = settings();
        return new TestGateway(new GatewaySettings(
                s.host(), 0, 0, 2, s.maxFrameBytes(), s.admission(), change.apply(s.liveness()), s.slowReaders()));
    }

    static TestGateway withSlowReaders(GatewaySettings.SlowReaders slow) throws IOException {
        var s = settings();
        return new TestGateway(
                new GatewaySettings(s.host(), 0, 0, 2, s.maxFrameBytes(), s.admission(), s.liveness(), slow));
    }

    static TestGateway withAdmission(int max, Set<String> origins) throws IOException {
        return withAdmission(new GatewaySettings.Admission(max, 10, origins, TrustedProxies.NONE));
    }

    static TestGateway withAdmission(GatewaySettings.Admission admission) throws IOException {
        var s = settings();
        return new TestGateway(
                new GatewaySettings(s.host(), 0, 0, 2, s.maxFrameBytes(), admission, s.liveness(), s.slowReaders()));
    }

    static GatewaySettings settings() {
        var d = GatewaySettings.defaults().listeningOn("127.0.0.1", 0, 0);
        return new GatewaySettings(d.host(), 0, 0, 2, d.maxFrameBytes(), d.admission(), d.liveness(), d.slowReaders());
    }

    InetSocketAddress address() {
        return gateway.address();
    }

    /// Waits for what must come true, with a bound no healthy machine reaches.
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
