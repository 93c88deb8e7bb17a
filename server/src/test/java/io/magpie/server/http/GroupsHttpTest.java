package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GroupsHttpTest extends HttpTest {
    private long owner;
    private long bob;
    private long eve;

    @BeforeAll
    void people() {
        owner = person("owner");
        bob = person("bob");
        eve = person("eve");
    }

    @Test
    void foundsShowsChangesAndDissolves() {
        var founded = as(
                owner,
                "POST",
                "/groups",
                "{\"name\":\"Birds\",\"members\":[%d],\"joinPolicy\":\"invite\"}".formatted(bob));
        assertThat(founded.status()).isEqualTo(201);
        String path = "/groups/" + founded.number("groupId");
        assertThat(founded.text("conversation")).isEqualTo("g." + founded.number("groupId"));
        var whole = as(bob, "GET", path, null);
        assertThat(whole.text("role")).isEqualTo("member");
        assertThat(whole.number("owner")).isEqualTo(owner);
        var card = as(eve, "GET", path, null);
        assertThat(card.text("name")).isEqualTo("Birds");
        assertThat(card.number("memberCount")).isEqualTo(2);
        assertThat(card.body().has("announcement")).isFalse();
        var changed = as(
                owner,
                "PATCH",
                path,
                "{\"name\":\"Magpies\",\"announcement\":\"Hi\",\"historyOpen\":true,\"mutedUntil\":4102444800000}");
        assertThat(changed.text("name")).isEqualTo("Magpies");
        assertThat(changed.number("mutedUntil")).isEqualTo(4_102_444_800_000L);
        assertThat(as(bob, "PATCH", path, "{\"name\":\"Mine\"}").status()).isEqualTo(403);
        assertThat(as(owner, "PATCH", path, "{\"joinPolicy\":\"maybe\"}").text("detail"))
                .isEqualTo("joinPolicy: unknown (expected: one of open, approval, invite, owner, password)");
        assertThat(as(owner, "POST", path + "/owner", "{\"user\":" + bob + "}").status())
                .isEqualTo(204);
        assertThat(as(owner, "DELETE", path, null).status()).isEqualTo(403);
        assertThat(as(bob, "DELETE", path, null).status()).isEqualTo(204);
        assertThat(as(bob, "GET", path, null).number("dissolvedAt")).isPositive();
        assertThat(as(eve, "GET", path, null).status()).isEqualTo(404);
    }

    @Test
    void membersComeChangeAndGo() {
        String path = group("invite");
        var added = as(owner, "POST", path + "/members", "{\"users\":[%d,%d]}".formatted(bob, owner));
        assertThat(added.body().get("users").toString()).isEqualTo("[" + bob + "]");
        as(bob, "POST", path + "/members", "{\"user\":" + eve + "}");
        var first = as(eve, "GET", path + "/members?limit=2", null);
        assertThat(first.body().get("items").size()).isEqualTo(2);
        var second = as(eve, "GET", path + "/members?limit=2&after=" + first.number("next"), null);
        assertThat(second.body().get("items").size()).isEqualTo(1);
        assertThat(second.body().has("next")).isFalse();
        var admin = as(owner, "PATCH", path + "/members/" + bob, "{\"role\":\"admin\",\"nickname\":\"Boss\"}");
        assertThat(admin.text("role")).isEqualTo("admin");
        assertThat(admin.text("nickname")).isEqualTo("Boss");
        var silenced = as(bob, "PATCH", path + "/members/" + eve, "{\"mutedUntil\":4102444800000}");
        assertThat(silenced.number("mutedUntil")).isEqualTo(4_102_444_800_000L);
        var muted = as(
                eve,
                "POST",
                "/conversations/g." + path.substring("/groups/".length()) + "/entries",
                "{\"clientId\":\"c\",\"content\":{\"kind\":\"text\",\"text\":\"psst\"}}");
        assertThat(muted.text("code")).isEqualTo("muted");
        assertThat(as(bob, "DELETE", path + "/members/" + owner, null).status()).isEqualTo(403);
        assertThat(as(bob, "DELETE", path + "/members/" + eve, null).status()).isEqualTo(204);
        assertThat(as(owner, "POST", path + "/leave", null).text("code")).isEqualTo("conflict");
        assertThat(as(bob, "POST", path + "/leave", null).status()).isEqualTo(204);
        assertThat(as(owner, "POST", path + "/members", "{\"users\":[null]}").text("detail"))
                .isEqualTo("users: missing");
        assertThat(as(owner, "POST", path + "/members", "{}").status()).isEqualTo(400);
    }

    @Test
    void joins() {
        assertThat(as(eve, "POST", group("open") + "/join", null).text("state")).isEqualTo("member");
        assertThat(as(eve, "POST", group("invite") + "/join", "{}").status()).isEqualTo(403);
        String secret = group("password\",\"password\":\"sesame");
        assertThat(as(eve, "POST", secret + "/join", "{\"password\":\"wrong\"}").status())
                .isEqualTo(403);
        assertThat(as(eve, "POST", secret + "/join", "{\"password\":\"sesame\"}")
                        .status())
                .isEqualTo(200);
        String approval = group("approval");
        var asked = as(eve, "POST", approval + "/join", "{\"message\":\"Please\"}");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.text("state")).isEqualTo("asked");
        as(bob, "POST", approval + "/join", null);
        var waiting = as(owner, "GET", approval + "/requests", null).body().get("items");
        assertThat(waiting.get(0).get("message").stringValue()).isEqualTo("Please");
        assertThat(as(owner, "POST", approval + "/requests/" + eve + "/accept", null)
                        .status())
                .isEqualTo(204);
        assertThat(as(owner, "POST", approval + "/requests/" + bob + "/decline", null)
                        .status())
                .isEqualTo(204);
        assertThat(as(owner, "POST", approval + "/requests/" + bob + "/accept", null)
                        .status())
                .isEqualTo(404);
        assertThat(as(eve, "GET", approval, null).text("role")).isEqualTo("member");
    }

    @Test
    void backEndsBringPeopleTogether() {
        var founded = call(
                "POST", "/groups", API_KEY, "{\"name\":\"Order 7\",\"owner\":%d,\"members\":[%d]}".formatted(bob, eve));
        String path = "/groups/" + founded.number("groupId");
        assertThat(call("GET", path, API_KEY, null).number("owner")).isEqualTo(bob);
        assertThat(call("GET", path + "/members", API_KEY, null)
                        .body()
                        .get("items")
                        .size())
                .isEqualTo(2);
        assertThat(call("POST", "/groups", API_KEY, "{\"name\":\"x\"}").text("detail"))
                .isEqualTo("owner: missing");
        assertThat(call("POST", "/groups", API_KEY, "{\"name\":\"x\",\"owner\":999999}")
                        .status())
                .isEqualTo(404);
    }

    private String group(String joinPolicy) {
        return "/groups/"
                + as(owner, "POST", "/groups", "{\"name\":\"Birds\",\"joinPolicy\":\"" + joinPolicy + "\"}")
                        .number("groupId");
    }
}
