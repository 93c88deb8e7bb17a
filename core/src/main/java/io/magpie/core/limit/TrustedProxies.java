package io.magpie.core.limit;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reverse proxies whose `X-Forwarded-For` is believed, as far as they wrote it: read from its end, the first address
/// that is no trusted proxy is the client. Names are never looked up. Any thread.
public final class TrustedProxies {
    public static final String HEADER = "X-Forwarded-For";
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final Set<InetAddress> trusted;
    private final boolean loopback;

    /// @param addresses in numbers; `loopback` is this machine
    public TrustedProxies(List<String> addresses) {
        this.loopback = addresses.contains("loopback");
        this.trusted =
                addresses.stream().flatMap(text -> literal(text).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// Where a request really comes from.
    ///
    /// @param peer at the other end of the socket
    /// @param forwarded the values of all [#HEADER] lines, in order
    public InetAddress client(InetAddress peer, List<String> forwarded) {
        var hops = forwarded.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList()
                .reversed();
        InetAddress client = peer;
        for (String hop : hops) {
            var before = literal(hop);
            if (!trusts(client) || before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }

    /// Empty unless the text is an address in numbers.
    public static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean trusts(InetAddress address) {
        return (loopback && address.isLoopbackAddress()) || trusted.contains(address);
    }
}
