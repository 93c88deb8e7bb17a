package io.magpie.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Where a request really comes from. `X-Forwarded-For` is believed as far as trusted proxies wrote it: read from its
/// end, the first address that is no trusted proxy is the client.
public final class ClientAddresses {
    private final Set<String> trusted;
    private final boolean loopback;

    /// @param trusted addresses; `loopback` is this machine
    public ClientAddresses(List<String> trusted) {
        this.loopback = trusted.contains("loopback");
        this.trusted = trusted.stream()
                .filter(address -> !address.equals("loopback"))
                .map(ClientAddresses::canonical)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// An address as text. IPv6 clients share one per /64, the least that anybody is given.
    String of(HttpServletRequest request) {
        String address = canonical(request.getRemoteAddr());
        for (String hop : hops(request)) {
            if (!trusts(address)) {
                break;
            }
            String before = canonical(hop);
            if (before.isEmpty()) {
                break;
            }
            address = before;
        }
        return limited(address);
    }

    /// Whether an address as [#of] gives it is one of these; `loopback` is this machine.
    public static Predicate<String> among(List<String> addresses) {
        boolean loopback = addresses.contains("loopback");
        var known = addresses.stream()
                .map(address -> limited(canonical(address)))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return address -> known.contains(address) || (loopback && isLoopback(address));
    }

    private boolean trusts(String address) {
        return trusted.contains(address) || (loopback && isLoopback(address));
    }

    /// From the nearest to the farthest.
    private static List<String> hops(HttpServletRequest request) {
        var hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList();
        return hops.reversed();
    }

    static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1");
    }

    /// Empty unless it is an address in numbers; names are never looked up.
    private static String canonical(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String limited(String address) {
        if (address.indexOf(':') < 0 || isLoopback(address)) {
            return address;
        }
        var groups = address.split("[:%]", -1);
        return String.join(":", Arrays.copyOf(groups, 4)) + "::/64";
    }
}
