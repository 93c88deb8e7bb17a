package io.magpie.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("loopback", "10.0.0.1", "2001:db8::1"));

    @Test
    void aStrangerIsNotBelieved() {
        assertThat(client("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(TrustedProxies.NONE.client(InetAddress.ofLiteral("127.0.0.1"), List.of("198.51.100.1")))
                .isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void theNearestThatIsNoProxyIsTheClient() {
        assertThat(client("127.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(client("127.0.0.1", "6.6.6.6, 198.51.100.1 , 10.0.0.1")).isEqualTo("198.51.100.1");
        assertThat(client("10.0.0.1", "6.6.6.6", "198.51.100.1,2001:DB8:0::1")).isEqualTo("198.51.100.1");
        assertThat(client("10.0.0.1", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void whatIsNoAddressEndsTheWayBack() {
        assertThat(client("127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(client("127.0.0.1", "")).isEqualTo("127.0.0.1");
        assertThat(client("127.0.0.1", "198.51.100.1, unknown")).isEqualTo("127.0.0.1");
        assertThat(client("127.0.0.1", "198.51.100.1, chat.example.org, 10.0.0.1"))
                .isEqualTo("10.0.0.1");
    }

    private String client(String peer, String... forwarded) {
        return proxies.client(InetAddress.ofLiteral(peer), List.of(forwarded)).getHostAddress();
    }
}
