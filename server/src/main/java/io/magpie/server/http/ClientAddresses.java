package io.magpie.server.http;

import io.magpie.core.limit.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Where an HTTP request really comes from, as limits count it.
public final class ClientAddresses {
    private final TrustedProxies proxies;

    public ClientAddresses(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /// An address as text. IPv6 clients share one per /64, the least that anybody is given.
    String of(HttpServletRequest request) {
        var forwarded = Collections.list(request.getHeaders(TrustedProxies.HEADER));
        return TrustedProxies.literal(request.getRemoteAddr())
                .map(peer -> limited(proxies.client(peer, forwarded)))
                .orElse("");
    }

    /// Whether an address as [#of] gives it is one of these; `loopback` is this machine.
    public static Predicate<String> among(List<String> addresses) {
        boolean loopback = addresses.contains("loopback");
        var known = addresses.stream()
                .flatMap(text -> TrustedProxies.literal(text).stream())
                .map(ClientAddresses::limited)
                .collect(Collectors.toUnmodifiableSet());
        return address -> known.contains(address) || (loopback && isLoopback(address));
    }

    private static boolean isLoopback(String address) {
        return TrustedProxies.literal(address)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    private static String limited(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet4Address || address.isLoopbackAddress()) {
            return text;
        }
        return String.join(":", Arrays.copyOf(text.split("[:%]", -1), 4)) + "::/64";
    }
}
