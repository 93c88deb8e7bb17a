package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchHttpTest extends HttpTest {
    private static final int PER_MINUTE = 500;

    private long ann;
    private long bob;
    private long eve;
    private int sent;

    @Override
    Stream<String> settings() {
        return Stream.of("--set", "limits.searchesPerMinute=" + PER_MINUTE);
    }

    @BeforeAll
    void people() {
        ann = person("ann");
        bob = person("bob");
        eve = person("eve");
    }

    @Test
    void findsInAllConversationsOfTheCallerAndNowhereElse() {
        String pair = "d." + ann + "." + bob;
        String other = "d." + bob + "." + eve;
        say(ann, pair, "the quick fox");
        say(bob, pair, "a quick dog");
        say(eve, other, "quick, secret");
        assertThat(found(ann, "quick", "")).containsExactly("a quick dog", "the quick fox");
        assertThat(found(bob, "quick", "")).containsExactly("quick, secret", "a quick dog", "the quick fox");
        assertThat(found(bob, "quick", "&conversation=" + pair)).containsExactly("a quick dog", "the quick fox");
        assertThat(found(bob, "quick", "&from=" + ann)).containsExactly("the quick fox");
        assertThat(found(eve, "fox", "")).isEmpty();
        assertThat(search(eve, "fox", "&conversation=" + pair).text("code")).isEqualTo("not-member");
        assertThat(search(eve, "fox", "&conversation=g.999").text("code")).isEqualTo("not-member");
        as(bob, "PUT", "/blocks/" + ann, null);
        assertThat(found(bob, "fox", "")).containsExactly("the quick fox");
    }

    @Test
    void entriesHaveTheShapeOfThePush() {
        String self = "d." + ann + "." + ann;
        say(ann, self, "remember 明天中午");
        var entry = search(ann, "中午", "").body().get("entries").get(0);
        assertThat(entry.get("type").stringValue()).isEqualTo("entry");
        assertThat(entry.get("conversation").stringValue()).isEqualTo(self);
        assertThat(entry.get("seq").longValue()).isPositive();
        assertThat(entry.get("sender").longValue()).isEqualTo(ann);
        assertThat(entry.get("sentAt").longValue()).isPositive();
        assertThat(entry.get("body").get("content").get("text").stringValue()).isEqualTo("remember 明天中午");
    }

    @Test
    void pagesGoOnUntilThereIsNoNext() {
        String self = "d." + eve + "." + eve;
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            say(eve, self, "page " + i);
            expected.addFirst("page " + i);
        }
        var all = new ArrayList<String>();
        String more = "";
        do {
            var page = search(eve, "page", "&limit=3" + more);
            all.addAll(texts(page));
            assertThat(page.body().has("incomplete")).isFalse();
            more = page.body().has("next") ? "&before=" + page.number("next") : "";
        } while (!more.isEmpty());
        assertThat(all).isEqualTo(expected);
    }

    @Test
    void aMemberFindsWhatHistoryWouldShow() {
        var founded = as(
                ann,
                "POST",
                "/groups",
                "{\"name\":\"Birds\",\"members\":[%d],\"joinPolicy\":\"invite\"}".formatted(bob));
        String group = founded.text("conversation");
        String path = "/groups/" + founded.number("groupId");
        say(ann, group, "before robin");
        as(ann, "POST", path + "/members", "{\"user\":" + eve + "}");
        say(ann, group, "during robin");
        as(eve, "POST", path + "/leave", null);
        say(ann, group, "after robin");
        assertThat(found(eve, "robin", "")).containsExactly("during robin");
        assertThat(found(bob, "robin", "")).containsExactly("after robin", "during robin", "before robin");
    }

    @Test
    void wrongRequestsAreNamed() {
        assertThat(as(ann, "GET", "/search", null).text("detail")).isEqualTo("query: missing");
        assertThat(search(ann, "...", "").text("detail")).startsWith("query: no letter");
        assertThat(search(ann, "x".repeat(257), "").status()).isEqualTo(413);
        assertThat(search(ann, "x", "&limit=51").text("detail")).isEqualTo("limit: 51 (expected: 1..50)");
        assertThat(search(ann, "x", "&before=0").text("detail")).startsWith("before: 0");
        assertThat(search(ann, "x", "&before=y").text("detail")).startsWith("before: wrong type");
        assertThat(search(ann, "x", "&from=-1").text("detail")).startsWith("from: -1");
        assertThat(search(ann, "x", "&conversation=x").text("detail")).startsWith("conversation: not an id");
        assertThat(call("GET", "/search?query=x", null, null).status()).isEqualTo(401);
    }

    @Test
    void hostileQueriesFindNothingAndBreakNothing() {
        for (var query :
                List.of("\"", "a\" OR \"b", "* a", "a*b", "NEAR(a b)", "terms:a", "a'; DROP TABLE word --", "\0a")) {
            assertThat(search(ann, query, "").status()).as(query).isIn(200, 400);
        }
    }

    @Test
    void searchesAreLimited() {
        long greedy = person("greedy");
        var last = search(greedy, "x", "");
        for (int i = 0; i < 4 * PER_MINUTE && last.status() == 200; i++) {
            last = search(greedy, "x", "");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.number("retryAfterMs")).isPositive();
        assertThat(search(bob, "x", "").status()).isEqualTo(200);
    }

    private void say(long user, String conversation, String text) {
        var body = "{\"clientId\":\"c%d\",\"content\":{\"kind\":\"text\",\"text\":\"%s\"}}".formatted(sent++, text);
        assertThat(as(user, "POST", "/conversations/" + conversation + "/entries", body)
                        .status())
                .isEqualTo(201);
    }

    private Answer search(long user, String query, String more) {
        return as(user, "GET", "/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more, null);
    }

    private List<String> found(long user, String query, String more) {
        return texts(search(user, query, more));
    }

    private static List<String> texts(Answer answer) {
        var texts = new ArrayList<String>();
        answer.body()
                .get("entries")
                .forEach(entry ->
                        texts.add(entry.get("body").get("content").get("text").stringValue()));
        return texts;
    }
}
