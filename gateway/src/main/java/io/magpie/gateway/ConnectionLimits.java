package io.magpie.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts open sockets, in total and by address. Counting never refuses, so that every socket is given back
/// exactly once; the handshake asks whether a limit is passed. Any thread.
final class ConnectionLimits {
    private final GatewaySettings.Admission limits;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionLimits(GatewaySettings.Admission limits) {
        this.limits = limits;
    }

    void opened(InetAddress address) {
        total.incrementAndGet();
        if (!address.isLoopbackAddress()) {
            byAddress.merge(key(address), 1, Integer::sum);
        }
    }

    void closed(InetAddress address) {
        total.decrementAndGet();
        if (!address.isLoopbackAddress()) {
            byAddress.computeIfPresent(key(address), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// A proxy said on whose behalf it connected.
    void moved(InetAddress from, InetAddress to) {
        closed(from);
        opened(to);
    }

    /// Whether there are more sockets than allowed, the asking one included.
    boolean exceededBy(InetAddress address) {
        return total.get() > limits.maxConnections()
                || (!address.isLoopbackAddress() && byAddress.getOrDefault(key(address), 0) > limits.maxPerAddress());
    }

    // A household has a whole /64 of IPv6 addresses, so counting single ones would limit nobody.
    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
