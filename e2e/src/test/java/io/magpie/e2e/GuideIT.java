package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.StockBrowser;
import io.magpie.e2e.harness.StockPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of `docs/socketio.md`, word for word, in Chromium. They say `localhost:8081`, which the browser is told
/// to look for where the server listens.
class GuideIT {
    private static final String KEY = "a key only I know";
    private static final Pattern HTML = Pattern.compile("(?s)```html\n(.*?)```");

    @TempDir
    private Path folder;

    private static List<String> pages() throws IOException {
        var guide = HTML.matcher(Files.readString(Path.of("..", "docs", "socketio.md")));
        List<String> pages = new ArrayList<>();
        while (guide.find()) {
            pages.add(guide.group(1));
        }
        return pages;
    }

    private Node node() throws IOException, InterruptedException {
        return Node.started(folder, "auth.demo=true", "auth.apiKeys=[{\"name\":\"me\",\"key\":\"" + KEY + "\"}]");
    }

    private static StockBrowser browser(Node node) throws IOException {
        return new StockBrowser("MAP localhost:8081 " + node.realtime());
    }

    @Test
    void threePagesChatWithEachOtherAndInAGroup() throws Exception {
        String page = pages().getFirst();
        assertThat(page).contains("io('http://localhost:8081?userId=1')");
        try (var node = node();
                var browser = browser(node);
                var one = browser.html(page);
                var two = browser.html(page.replace("userId=1", "userId=2"));
                var three = browser.html(page.replace("userId=1", "userId=3"))) {
            for (var each : List.of(one, two, three)) {
                connected(each);
            }
            one.run("void socket.emit('send_message', { toUserId: 2, messageType: 1, content: 'hello' })");
            two.see("1 to me: hello");
            var answer = two.run("new Promise((stored) => "
                    + "socket.emit('send_message', { toUserId: 1, messageType: 1, content: 'and you' }, stored))");
            assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
            assertThat(answer.path("data").path("messageId").asString()).isEqualTo("d.1.2:2");
            one.see("2 to me: and you");

            long group = new Api(node.http(), KEY)
                    .as(1)
                    .post("/api/v1/groups", "name", "Three of us", "members", List.of(2, 3), "joinPolicy", "open")
                    .expect(201)
                    .body()
                    .path("groupId")
                    .asLong();
            one.run("void socket.emit('send_message', { groupId: " + group
                    + ", messageType: 1, content: 'hello all' })");
            two.see("1 to group " + group + ": hello all");
            three.see("1 to group " + group + ": hello all");
            assertThat(shown(one)).isEqualTo("2 to me: and you");
            assertThat(shown(three)).isEqualTo("1 to group " + group + ": hello all");
        }
    }

    @Test
    void aPageThatAsksForWhatFollowsLosesNothing() throws Exception {
        String page = pages().get(1);
        try (var node = node();
                var browser = browser(node);
                var one = browser.html(pages().getFirst());
                var two = browser.html(page)) {
            connected(one);
            connected(two);
            StringBuilder expected = new StringBuilder();
            for (int i = 1; i <= 20; i++) {
                if (i == 8) {
                    // Entries that the page hears of only by asking.
                    two.run("void socket.io.engine.close()");
                }
                if (i == 14) {
                    node.kill();
                    node.startAgain();
                }
                var answer = one.run("new Promise((stored) => socket.emit('send_message', "
                        + "{ toUserId: 2, messageType: 1, content: 'message " + i + "' }, stored))");
                assertThat(answer.path("data").path("messageId").asString()).isEqualTo("d.1.2:" + i);
                expected.append(i).append(" 1 message ").append(i).append('\n');
            }
            two.see("20 1 message 20");
            assertThat(shown(two)).isEqualTo(expected.toString().strip());
            assertThat(node.errors()).isEmpty();
        }
    }

    private static void connected(StockPage page) {
        page.run("new Promise((done) => socket.connected ? done() : socket.once('connect', done))");
    }

    private static String shown(StockPage page) {
        return page.run("document.body.innerText").asString().strip();
    }
}
