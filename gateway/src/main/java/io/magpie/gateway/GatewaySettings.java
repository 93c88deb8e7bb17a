package io.magpie.gateway;

import io.magpie.core.limit.TrustedProxies;
import java.time.Duration;
import java.util.Set;

/// How the realtime and the TCP port behave.
///
/// @param host address to listen on
/// @param port of HTTP and WebSocket; 0 picks a free one
/// @param tcpPort of binary TCP; 0 picks a free one
/// @param eventLoops threads that serve sockets; 0 takes one per core
/// @param maxFrameBytes largest inbound message, its fragments together; 1 KiB to 16 MiB
public record GatewaySettings(
        String host,
        int port,
        int tcpPort,
        int eventLoops,
        int maxFrameBytes,
        Admission admission,
        Liveness liveness,
        SlowReaders slowReaders) {

    public GatewaySettings {
        range("port", port, 0, 65_535);
        range("tcpPort", tcpPort, 0, 65_535);
        range("eventLoops", eventLoops, 0, 1024);
        range("maxFrameBytes", maxFrameBytes, 1024, 16 << 20);
    }

    public static GatewaySettings defaults() {
        return new GatewaySettings(
                "0.0.0.0", 8081, 8082, 0, 64 << 10, Admission.defaults(), Liveness.defaults(), SlowReaders.defaults());
    }

    public GatewaySettings listeningOn(String newHost, int newPort, int newTcpPort) {
        return new GatewaySettings(
                newHost, newPort, newTcpPort, eventLoops, maxFrameBytes, admission, liveness, slowReaders);
    }

    /// Who may connect.
    ///
    /// @param maxConnections of this node; the next one is answered 503
    /// @param maxPerAddress from one IPv4 address or IPv6 /64, behind a trusted proxy its client's; loopback is
    ///     exempt
    /// @param allowedOrigins what browsers may send as `Origin`, as `https://chat.example.org`; empty admits
    ///     any. A
    ///     client that sends none is no browser and admitted
    public record Admission(int maxConnections, int maxPerAddress, Set<String> allowedOrigins, TrustedProxies proxies) {
        public Admission {
            range("maxConnections", maxConnections, 1, 10_000_000);
            range("maxPerAddress", maxPerAddress, 1, 10_000_000);
            allowedOrigins = Set.copyOf(allowedOrigins);
        }

        public static Admission defaults() {
            return new Admission(100_000, 10_000, Set.of(), TrustedProxies.NONE);
        }
    }

    /// When a peer counts as gone.
    ///
    /// @param heartbeat announced in `welcome`; a session silent for twice as long is closed `idle`
    /// @param helloTimeout from the connect to a successful `hello`, the handshake included
    /// @param ackTimeout a pushed entry not covered by `received` for this long starts a probe
    /// @param probeAnswer a probed session that sends nothing for this long is closed `idle`
    /// @param closeGrace how long a closing connection may take to flush its last frames and answer what it
    ///     took on
    public record Liveness(
            Duration heartbeat, Duration helloTimeout, Duration ackTimeout, Duration probeAnswer, Duration closeGrace) {
        public Liveness {
            positive("heartbeat", heartbeat);
            positive("helloTimeout", helloTimeout);
            positive("ackTimeout", ackTimeout);
            positive("probeAnswer", probeAnswer);
            positive("closeGrace", closeGrace);
        }

        public static Liveness defaults() {
            return new Liveness(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2));
        }

        Duration shortest() {
            var shortest = heartbeat;
            for (var other : new Duration[] {helloTimeout, ackTimeout, probeAnswer, closeGrace}) {
                shortest = shortest.compareTo(other) <= 0 ? shortest : other;
            }
            return shortest;
        }
    }

    /// What a reader that does not keep up may cost, in bytes waiting for it.
    ///
    /// @param lowMark above it ephemeral pushes are dropped
    /// @param middleMark above it group pushes as well
    /// @param highMark above it direct ones as well
    /// @param hardLimit above it the connection is closed `slow`
    /// @param slowClose so is one that cannot be written to for this long
    public record SlowReaders(int lowMark, int middleMark, int highMark, int hardLimit, Duration slowClose) {
        public SlowReaders {
            range("lowMark", lowMark, 1024, middleMark);
            range("middleMark", middleMark, lowMark, highMark);
            range("highMark", highMark, middleMark, hardLimit);
            range("hardLimit", hardLimit, highMark, 1 << 30);
            positive("slowClose", slowClose);
        }

        public static SlowReaders defaults() {
            return new SlowReaders(64 << 10, 256 << 10, 1 << 20, 4 << 20, Duration.ofSeconds(30));
        }
    }

    private static void range(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException("%s: %d (expected: %d..%d)".formatted(name, value, from, to));
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, value));
        }
    }
}
