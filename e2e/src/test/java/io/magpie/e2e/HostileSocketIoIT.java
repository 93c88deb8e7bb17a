package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.HostilePage;
import io.magpie.e2e.harness.Mutations;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.ProcessState;
import io.magpie.e2e.harness.RawHttp;
import io.magpie.e2e.harness.SharedNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Requests and packets of Engine.IO and Socket.IO that no client would send: each is answered or ends its session,
/// and the server serves on.
@ExtendWith(SharedNode.class)
class HostileSocketIoIT {
    private static final int PACKETS = 100_000;
    private static final int REQUESTS = 12_000;
    /// Ten malformed ones in a row would end the session.
    private static final int IN_A_ROW = 9;
    private static final int ROWS = 5;
    private static final int CLIENTS = 8;
    private static final long SLACK_BYTES = 12L << 20;
    private static final byte[] MARKER = "4299[\"magpie\",{\"type\":\"ping\"}]".getBytes(StandardCharsets.US_ASCII);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Node node;

    HostileSocketIoIT(Node node) {
        this.node = node;
    }

    private List<String> goodPackets() {
        return List.of(
                "40{\"token\":\"" + node.token("sio-hostile") + "\"}",
                "451-9[\"send_message\",{\"_placeholder\":true,\"num\":0}]",
                "42[\"typing\",{\"targetId\":2,\"roomType\":1}]",
                "bAQIDBA==",
                "430[]",
                "41",
                "2probe",
                "3",
                "6");
    }

    /// Names of events and what belongs to them.
    private static List<String> goodEvents() {
        return List.of(
                "\"send_message\",{\"toUserId\":2,\"messageType\":1,\"content\":\"x\",\"clientId\":\"c\"}",
                "\"send_message\",{\"groupId\":1,\"messageType\":5,\"content\":\"x\",\"fileUrl\":\"u\",\"fileSize\":5}",
                "\"typing\",{\"targetId\":2,\"roomType\":1}",
                "\"leave_room\",{\"targetId\":2,\"roomType\":2}",
                "\"mark_read\",{\"messageId\":\"d.1.2:3\"}",
                "\"recall_message\",{\"messageId\":\"d.1.2:3\"}",
                "\"get_online_users\",{\"users\":[1,2,3]}",
                "\"magpie\",{\"type\":\"history\",\"id\":\"i\",\"conversation\":\"d.1.2\",\"after\":0}",
                "\"magpie\",{\"type\":\"react\",\"id\":\"i\",\"conversation\":\"d.1.2\",\"seq\":1,\"emoji\":\"x\"}");
    }

    private static List<String> goodRequests() {
        var unknown = RawHttp.OPEN + "&sid=AAAAAAAAAAAAAAAAAAAA";
        return List.of(
                RawHttp.request("GET " + RawHttp.OPEN),
                RawHttp.request("GET " + unknown, "Origin: http://x"),
                RawHttp.request("POST " + unknown, "Content-Length: 4") + "4abc",
                RawHttp.request("POST " + RawHttp.OPEN, "Transfer-Encoding: chunked")
                        + String.join("\r\n", "3", "4ab", "0", "", ""),
                RawHttp.request("OPTIONS " + RawHttp.OPEN, "Access-Control-Request-Headers: a,b"),
                RawHttp.request(
                        "GET /socket.io/?EIO=4&transport=websocket",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void aHundredThousandSpoiltPacketsAreAnsweredOrEndTheirSession(String transport) throws Exception {
        Part spoilt = transport.equals("polling")
                ? (random, count) -> packets(() -> HostilePage.polling(node.realtime()), random, count)
                : (random, count) -> packets(() -> HostilePage.webSocket(node.realtime()), random, count);
        flatMemory(PACKETS, spoilt);
    }

    @Test
    void spoiltRequestsAreAnsweredOrEndTheirSocket() throws Exception {
        flatMemory(REQUESTS, this::requests);
    }

    private void flatMemory(int count, Part part) throws Exception {
        int open = ProcessState.connections(node);
        long seed = System.nanoTime();
        work(seed, count / 10, part);
        var before = ProcessState.settled(node, open);
        assertThat(work(seed + 1, count, part)).as("seed " + seed).isGreaterThanOrEqualTo(count);
        var after = ProcessState.settled(node, open);
        assertThat(after.heapBytes()).as("%s, before: %s", after, before).isLessThan(before.heapBytes() + SLACK_BYTES);
        try (var person = Person.of(node, "sio-hostile-after");
                var http = new RawHttp(node.realtime())) {
            person.say(Conversations.direct(person, person), "Still here");
            assertThat(http.ask(RawHttp.request("GET " + RawHttp.OPEN))).contains("\"sid\"");
        }
    }

    private interface Part {
        int run(Random random, int count) throws IOException;
    }

    private static int work(long seed, int count, Part part) throws Exception {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("hostile-", 0).factory())) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var random = new Random(seed + i);
                Callable<Integer> task = () -> part.run(random, count / CLIENTS + 1);
                parts.add(threads.submit(task));
            }
            int all = 0;
            for (var one : parts) {
                all += one.get();
            }
            return all;
        }
    }

    private interface Opening {
        HostilePage open() throws IOException;
    }

    /// Counts only what is known to have been dealt with: events that were acknowledged, and the packets sent by
    /// themselves, few of which the session outlives.
    private int packets(Opening opening, Random random, int count) throws IOException {
        var anything = new Mutations(goodPackets(), random);
        var events = new Mutations(goodEvents(), random);
        int done = 0;
        while (done < count) {
            try (var page = opening.open()) {
                page.connect(goodPackets().getFirst());
                while (page.isAlive() && done < count) {
                    int answered = page.answered(rows(events), ROWS * (IN_A_ROW + 1));
                    done += page.isAlive() ? ROWS * IN_A_ROW : answered * IN_A_ROW / (IN_A_ROW + 1);
                    if (page.isAlive() && random.nextBoolean()) {
                        page.answered(List.of(anything.next(), MARKER), 1);
                        done++;
                    }
                }
            }
        }
        return done;
    }

    /// Spoilt events, and a good one now and then, which proves that the session lives.
    private static List<byte[]> rows(Mutations events) {
        List<byte[]> all = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < IN_A_ROW; i++) {
                all.add(event(all.size(), events));
            }
            all.add(MARKER);
        }
        return all;
    }

    /// An event that Socket.IO takes for one, with an argument nobody should take.
    private static byte[] event(int id, Mutations events) {
        while (true) {
            byte[] spoilt = events.next();
            String array = "[" + new String(spoilt, StandardCharsets.UTF_8) + "]";
            if (isEvent(array)) {
                return ("42" + id + array).getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    private static boolean isEvent(String array) {
        try {
            var parts = JSON.readTree(array);
            String name = parts.path(0).asString("");
            return parts.path(0).isString() && !name.startsWith("connect") && !array.contains("bye");
        } catch (JacksonException _) {
            return false;
        }
    }

    /// Each on a socket of its own: an answer, or the end.
    private int requests(Random random, int count) throws IOException {
        var mutations = new Mutations(goodRequests(), random);
        for (int i = 0; i < count; i++) {
            try (var http = new RawHttp(node.realtime())) {
                http.write(mutations.next());
                http.end();
                http.drain();
            }
        }
        return count;
    }
}
