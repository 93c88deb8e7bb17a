package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContactsHttpTest extends HttpTest {
    @Override
    Stream<String> settings() {
        return Stream.of("--set", "limits.friendRequestsPerMinute=5");
    }

    @Test
    void friendRequestsAreLimited() {
        long grace = person("grace");
        for (int i = 0; i < 5; i++) {
            assertThat(as(grace, "POST", "/friend-requests", "{\"user\":999999}")
                            .status())
                    .isEqualTo(404);
        }
        var refused = as(grace, "POST", "/friend-requests", "{\"user\":999999}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("code")).isEqualTo("rate-limited");
        assertThat(refused.number("retryAfterMs")).isBetween(1L, 12_000L);
    }

    @Test
    void friendsFromTheRequestToTheEnd() {
        long ada = person("ada");
        long bob = person("bob");
        var asked =
                as(ada, "POST", "/friend-requests", "{\"user\":" + bob + ",\"message\":\"Hi\",\"remark\":\"Bobby\"}");
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.text("state")).isEqualTo("pending");
        assertThat(asked.text("remark")).isEqualTo("Bobby");
        var incoming =
                as(bob, "GET", "/friend-requests", null).body().get("incoming").get(0);
        assertThat(incoming.get("message").stringValue()).isEqualTo("Hi");
        assertThat(incoming.has("remark")).isFalse();
        assertThat(as(ada, "GET", "/friend-requests", null)
                        .body()
                        .get("outgoing")
                        .size())
                .isEqualTo(1);
        String path = "/friend-requests/" + asked.number("id");
        assertThat(as(bob, "POST", path + "/accept", "{\"remark\":\"Countess\"}")
                        .text("state"))
                .isEqualTo("accepted");
        assertThat(as(bob, "POST", path + "/accept", null).status()).isEqualTo(409);
        var friend = as(ada, "GET", "/friends", null).body().get("items").get(0);
        assertThat(friend.get("user").longValue()).isEqualTo(bob);
        assertThat(friend.get("remark").stringValue()).isEqualTo("Bobby");
        assertThat(friend.get("nickname").stringValue()).isEqualTo("bob");
        assertThat(as(ada, "PATCH", "/friends/" + bob, "{\"remark\":\"Robert\"}")
                        .text("remark"))
                .isEqualTo("Robert");
        assertThat(as(ada, "PATCH", "/friends/" + bob, "{}").text("detail")).isEqualTo("remark: missing");
        assertThat(as(ada, "DELETE", "/friends/" + bob, null).status()).isEqualTo(204);
        assertThat(as(ada, "DELETE", "/friends/" + bob, null).status()).isEqualTo(404);
        String history = as(bob, "GET", "/conversations/n." + bob + "/entries?after=0", null)
                .response()
                .body();
        assertThat(history).contains("friend-request").contains("friend-removed");
    }

    @Test
    void crossingRequestsAndDeclines() {
        long carol = person("carol");
        long dave = person("dave");
        var first = as(carol, "POST", "/friend-requests", "{\"user\":" + dave + "}");
        assertThat(as(dave, "POST", "/friend-requests/" + first.number("id") + "/decline", null)
                        .text("state"))
                .isEqualTo("declined");
        as(carol, "POST", "/friend-requests", "{\"user\":" + dave + "}");
        var crossing = as(dave, "POST", "/friend-requests", "{\"user\":" + carol + "}");
        assertThat(crossing.status()).isEqualTo(200);
        assertThat(crossing.text("state")).isEqualTo("accepted");
    }

    @Test
    void blocks() {
        long erin = person("erin");
        long frank = person("frank");
        assertThat(as(erin, "PUT", "/blocks/" + frank, null).status()).isEqualTo(204);
        assertThat(as(erin, "GET", "/blocks", null)
                        .body()
                        .get("items")
                        .get(0)
                        .get("userId")
                        .longValue())
                .isEqualTo(frank);
        var asked = as(frank, "POST", "/friend-requests", "{\"user\":" + erin + "}");
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.text("code")).isEqualTo("blocked");
        assertThat(as(erin, "DELETE", "/blocks/" + frank, null).status()).isEqualTo(204);
        assertThat(as(erin, "DELETE", "/blocks/" + frank, null).status()).isEqualTo(404);
        assertThat(as(erin, "PUT", "/blocks/" + erin, null).status()).isEqualTo(400);
        assertThat(as(erin, "PUT", "/blocks/999999", null).status()).isEqualTo(404);
    }
}
