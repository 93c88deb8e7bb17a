package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedBrowser;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.StockBrowser;
import io.magpie.e2e.harness.StockPage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pages that use nothing but the stock `socket.io-client`, in Node and in Chromium.
@ExtendWith({SharedNode.class, SharedBrowser.class})
class SocketIoIT {
    private static final String KEY = "a back end's key of the tests";

    private final Node node;
    private final StockBrowser browser;

    SocketIoIT(Node node, StockBrowser browser) {
        this.node = node;
        this.browser = browser;
    }

    private static StockPage page(Node at, String subject) throws IOException {
        return StockPage.socket("http://" + at.realtime(), options(at, subject, "polling,websocket"));
    }

    private StockPage page(String where, Node at, String subject, String transports) throws IOException {
        var options = options(at, subject, transports);
        String url = "http://" + at.realtime();
        return where.equals("node") ? StockPage.socket(url, options) : browser.socket(url, options);
    }

    private static Map<String, ?> options(Node at, String subject, String transports) {
        return Map.of(
                "auth", Map.of("token", at.token(subject), "device", Map.of("id", "page")),
                "transports", List.of(transports.split(",", -1)));
    }

    private static JsonNode said(StockPage page, Object... fieldsAndValues) {
        var answer = page.ask("send_message", object(fieldsAndValues)).getFirst();
        assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
        return answer.path("data");
    }

    private static Map<String, Object> object(Object... fieldsAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            object.put(fieldsAndValues[i].toString(), fieldsAndValues[i + 1]);
        }
        return object;
    }

    private static long welcomed(StockPage page) {
        return page.await("magpie", frame -> frame.path("type").asString("").equals("welcome"))
                .path("userId")
                .asLong();
    }

    @Test
    void theGuideThatPeopleFollowWorksWordForWord(@TempDir Path folder) throws Exception {
        try (var demo = Node.started(
                        folder, "auth.demo=true", "auth.apiKeys=[{\"name\":\"tests\",\"key\":\"" + KEY + "\"}]");
                var one = StockPage.socket("http://" + demo.realtime() + "?userId=1", Map.of());
                var two = StockPage.socket("http://" + demo.realtime() + "?userId=2", Map.of());
                var three = StockPage.socket("http://" + demo.realtime() + "?userId=3", Map.of())) {
            for (var page : List.of(one, two, three)) {
                page.await("connect");
            }
            one.emit("send_message", object("toUserId", 2, "messageType", 1, "content", "hello two"));
            var arrived = two.await("private_message");
            assertThat(arrived.path("content").asString()).isEqualTo("hello two");
            assertThat(arrived.path("fromUserId").asLong()).isEqualTo(1);
            assertThat(arrived.path("toUserId").asLong()).isEqualTo(2);
            assertThat(arrived.path("messageType").asInt()).isEqualTo(1);

            long group = groupOf(demo);
            assertThat(two.ask("join_room", object("targetId", group, "roomType", 2))
                            .getFirst()
                            .path("success")
                            .asBoolean())
                    .isTrue();
            var sent = said(two, "groupId", group, "messageType", 1, "content", "hello all");
            for (var page : List.of(one, three)) {
                var heard = page.await("group_message");
                assertThat(heard.path("content").asString()).isEqualTo("hello all");
                assertThat(heard.path("groupId").asLong()).isEqualTo(group);
                assertThat(heard.path("messageId")).isEqualTo(sent.path("messageId"));
            }
            assertThat(one.pending()).noneMatch(e -> e.path("on").asString("").equals("private_message"));
            assertThat(three.pending()).noneMatch(e -> e.path("on").asString("").equals("private_message"));
            assertThat(one.ask("get_online_users")
                            .getFirst()
                            .path("data")
                            .path("users")
                            .toString())
                    .isEqualTo("[1,2,3]");
            three.disconnect();
            assertThat(one.await("user_offline").path("userId").asLong()).isEqualTo(3);
        }
    }

    private static long groupOf(Node demo) {
        return new Api(demo.http(), KEY)
                .as(1)
                .post("/api/v1/groups", "name", "Guide", "members", List.of(2, 3), "joinPolicy", "open")
                .expect(201)
                .body()
                .path("groupId")
                .asLong();
    }

    @Test
    void withoutTheSettingNobodyIsWhoTheySay() throws Exception {
        try (var page = StockPage.socket("http://" + node.realtime() + "?userId=1", Map.of())) {
            assertThat(page.await("connect_error").asString()).contains("token");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "node polling",
                "node websocket",
                "node polling,websocket",
                "chromium polling",
                "chromium websocket",
                "chromium polling,websocket"
            })
    void aConversationWithAJsonClientIsTheSameEntryByEntry(String where, String transports) throws Exception {
        var by = where + "-" + transports.replace(",", "-");
        try (var ada = Person.of(node, "sio-ada-" + by);
                var page = page(where, node, "sio-grace-" + by, transports)) {
            long grace = welcomed(page);
            String conversation = "d." + Math.min(ada.id(), grace) + "." + Math.max(ada.id(), grace);
            for (int i = 1; i <= 20; i++) {
                if (i % 2 == 0) {
                    long seq = ada.say(conversation, "entry " + i);
                    int expected = i;
                    var heard = page.await("private_message");
                    assertThat(heard.path("messageId").asString()).isEqualTo(conversation + ":" + seq);
                    assertThat(heard.path("content").asString()).isEqualTo("entry " + expected);
                    assertThat(heard.path("fromUserId").asLong()).isEqualTo(ada.id());
                    var whole = page.await(
                            "magpie", f -> f.path("type").asString("").equals("entry"));
                    assertThat(whole.path("seq").asLong()).isEqualTo(seq);
                } else {
                    var sent = said(page, "toUserId", ada.id(), "content", "entry " + i, "clientId", "c" + i);
                    var entry = ada.await(p -> p.path("type").asString("").equals("entry"), "entry");
                    assertThat(conversation + ":" + entry.path("seq").asLong())
                            .isEqualTo(sent.path("messageId").asString());
                    assertThat(entry.path("sentAt")).isEqualTo(sent.path("timestamp"));
                    assertThat(entry.path("clientId").asString()).isEqualTo("c" + i);
                }
            }
            var history = page.ask("magpie", object("type", "history", "conversation", conversation, "after", 0))
                    .getFirst();
            assertThat(texts(history.path("entries")))
                    .isEqualTo(texts(ada.done("history", "conversation", conversation, "after", 0)
                            .path("entries")))
                    .hasSize(20);
            var repeated = said(page, "toUserId", ada.id(), "content", "entry 1", "clientId", "c1");
            assertThat(repeated.path("duplicate").asBoolean()).isTrue();
            assertThat(repeated.path("messageId").asString()).isEqualTo(conversation + ":1");

            ada.done("typing", "conversation", conversation, "active", true);
            assertThat(page.await("user_typing").path("userId").asLong()).isEqualTo(ada.id());
            ada.read(conversation, 19);
            assertThat(page.await("message_read").path("messageId").asString()).isEqualTo(conversation + ":19");
            var recall = page.ask("recall_message", object("messageId", conversation + ":19"))
                    .getFirst();
            assertThat(recall.path("success").asBoolean()).as("%s", recall).isTrue();
            assertThat(ada.await(p -> p.path("body").path("kind").asString("").equals("recall"), "recall")
                            .path("body")
                            .path("target")
                            .asLong())
                    .isEqualTo(19);
            ada.done("recall", "conversation", conversation, "seq", 20);
            assertThat(page.await(
                                    "message_recalled",
                                    m -> m.path("messageId").asString().endsWith(":20"))
                            .path("fromUserId")
                            .asLong())
                    .isEqualTo(ada.id());
        }
    }

    private static List<String> texts(JsonNode entries) {
        List<String> texts = new ArrayList<>();
        for (var entry : entries) {
            texts.add(entry.path("seq") + " " + entry.path("sender") + " "
                    + entry.path("body").path("content").path("text"));
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "chromium"})
    void nothingIsLostAcrossARestartOfTheServer(String where, @TempDir Path folder) throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var own = Node.started(port, folder);
                var page = page(where, own, "restart-page", "polling,websocket")) {
            long me = welcomed(page);
            long ada;
            String conversation;
            try (var before = Person.of(own, "restart-ada")) {
                ada = before.id();
                conversation = "d." + Math.min(ada, me) + "." + Math.max(ada, me);
                before.say(conversation, "before");
                assertThat(page.await("private_message").path("content").asString())
                        .isEqualTo("before");
            }
            for (boolean killed : new boolean[] {false, true}) {
                long last = lastSeq(page, conversation);
                if (killed) {
                    own.kill();
                } else {
                    own.stop();
                }
                page.await("disconnect");
                own.start();
                try (var during = Person.of(own, "restart-ada")) {
                    // Before or after the page is back: it must have it either way.
                    long seq = during.say(conversation, "after restart, killed: " + killed);
                    page.await("connect");
                    var missed = page.ask(
                                    "magpie", object("type", "history", "conversation", conversation, "after", last))
                            .getFirst()
                            .path("entries");
                    assertThat(missed).hasSize(1);
                    assertThat(missed.path(0).path("seq").asLong()).isEqualTo(seq);
                    said(page, "toUserId", ada, "content", "back, killed: " + killed);
                    during.await(
                            p -> p.path("body")
                                    .path("content")
                                    .path("text")
                                    .asString("")
                                    .startsWith("back"),
                            "answer");
                }
            }
        }
    }

    private static long lastSeq(StockPage page, String conversation) {
        var entries = page.ask("magpie", object("type", "history", "conversation", conversation, "after", 0))
                .getFirst()
                .path("entries");
        return entries.path(entries.size() - 1).path("seq").asLong();
    }

    @Test
    void aLoginThatEndsTakesItsPageAlong() throws Exception {
        try (var first = page(node, "sio-replaced")) {
            welcomed(first);
            try (var second = page(node, "sio-replaced")) {
                welcomed(second);
                assertThat(first.await(
                                        "magpie",
                                        f -> f.path("type").asString("").equals("bye"))
                                .path("reason")
                                .asString())
                        .isEqualTo("replaced");
                // It was told to leave, so it does not come back and throw out the other one.
                assertThat(first.await("disconnect").asString()).isEqualTo("io server disconnect");
                assertThat(second.ask("magpie", object("type", "ping"))
                                .getFirst()
                                .path("type")
                                .asString())
                        .isEqualTo("pong");
            }
        }
    }
}
