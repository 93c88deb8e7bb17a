package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.e2e.harness.Mutations;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.ProcessState;
import io.magpie.e2e.harness.SharedNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests and packets of Engine.IO and Socket.IO that no client would send: each is answered or ends its session,
/// and the server serves on.
@ExtendWith(SharedNode.class)
class HostileSocketIoIT {
    private static final int PACKETS = 100_000;
    private static final int IN_A_BODY = 40;
    private static final int REQUESTS = 12_000;
    private static final int CLIENTS = 8;
    private static final long SLACK_BYTES = 12L << 20;
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final Node node;

    HostileSocketIoIT(Node node) {
        this.node = node;
    }

    private List<String> goodPackets() {
        return List.of(
                "40{\"token\":\"" + node.token("sio-hostile") + "\"}",
                "421[\"send_message\",{\"toUserId\":2,\"messageType\":1,\"content\":\"x\",\"clientId\":\"c\"}]",
                "422[\"send_message\",{\"groupId\":1,\"messageType\":5,\"content\":\"x\",\"fileUrl\":\"u\",\"fileSize\":5}]",
                "423[\"typing\",{\"targetId\":2,\"roomType\":1}]",
                "424[\"leave_room\",{\"targetId\":2,\"roomType\":2}]",
                "425[\"mark_read\",{\"messageId\":\"d.1.2:3\"}]",
                "426[\"recall_message\",{\"messageId\":\"d.1.2:3\"}]",
                "427[\"get_online_users\",{\"users\":[1,2,3]}]",
                "428[\"magpie\",{\"type\":\"history\",\"id\":\"i\",\"conversation\":\"d.1.2\",\"after\":0}]",
                "451-9[\"send_message\",{\"_placeholder\":true,\"num\":0}]",
                "bAQIDBA==",
                "430[]",
                "41",
                "2probe",
                "3",
                "6");
    }

    private static List<String> goodRequests() {
        var unknown = OPEN + "&sid=AAAAAAAAAAAAAAAAAAAA";
        return List.of(
                request("GET " + OPEN),
                request("GET " + unknown, "Origin: http://x"),
                request("POST " + unknown, "Content-Length: 4") + "4abc",
                request("POST " + OPEN, "Transfer-Encoding: chunked") + String.join("\r\n", "3", "4ab", "0", "", ""),
                request("OPTIONS " + OPEN, "Access-Control-Request-Headers: a,b"),
                request(
                        "GET /socket.io/?EIO=4&transport=websocket",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    }

    private static String request(String what, String... headers) {
        return what + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                + "\r\n";
    }

    @Test
    void spoiltPacketsEndTheirSessionOrAreAnswered() throws Exception {
        int open = ProcessState.connections(node);
        long seed = System.nanoTime();
        work(seed, PACKETS / 10, this::packets);
        var before = ProcessState.settled(node, open);
        int dealtWith = work(seed + 1, PACKETS, this::packets);
        var after = ProcessState.settled(node, open);

        assertThat(dealtWith).as("seed " + seed).isGreaterThanOrEqualTo(PACKETS);
        assertThat(after.heapBytes()).as("%s, before: %s", after, before).isLessThan(before.heapBytes() + SLACK_BYTES);
        stillServes();
    }

    @Test
    void spoiltRequestsAreAnsweredOrEndTheirSocket() throws Exception {
        int open = ProcessState.connections(node);
        long seed = System.nanoTime();
        assertThat(work(seed, REQUESTS, this::requests)).isGreaterThanOrEqualTo(REQUESTS);
        ProcessState.settled(node, open);
        stillServes();
    }

    private void stillServes() throws IOException {
        try (var person = Person.of(node, "sio-hostile-after");
                var http = new Http(node.realtime())) {
            person.say(Conversations.direct(person, person), "Still here");
            assertThat(http.ask(request("GET " + OPEN))).contains("\"sid\"");
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
                Callable<Integer> task = () -> part.run(random, count / CLIENTS + IN_A_BODY);
                parts.add(threads.submit(task));
            }
            int all = 0;
            for (var one : parts) {
                all += one.get();
            }
            return all;
        }
    }

    /// Bodies of many packets, one good CONNECT before them; every body is answered with 200, or 400 where it ended
    /// the session.
    private int packets(Random random, int count) throws IOException {
        var mutations = new Mutations(goodPackets(), random);
        int sent = 0;
        try (var http = new Http(node.realtime())) {
            while (sent < count) {
                var sid = SID.matcher(http.ask(request("GET " + OPEN)));
                assertThat(sid.find()).isTrue();
                var session = OPEN + "&sid=" + sid.group(1);
                assertThat(http.post(session, goodPackets().getFirst().getBytes(StandardCharsets.UTF_8)))
                        .contains(" 200 ");
                var answer = "";
                do {
                    var body = new ByteArrayOutputStream();
                    for (int i = 0; i < IN_A_BODY; i++, sent++) {
                        if (i > 0) {
                            body.write(0x1E);
                        }
                        // Most are made packets of their layer, so that the one above it has something to do.
                        body.writeBytes((random.nextInt(4) == 0 ? "" : "42" + random.nextInt(99))
                                .getBytes(StandardCharsets.UTF_8));
                        body.writeBytes(mutations.next());
                    }
                    answer = http.post(session, body.toByteArray());
                    assertThat(answer).containsPattern("^HTTP/1.1 (200|400) ");
                } while (answer.contains(" 200 ") && sent < count);
                http.post(session, new byte[] {'1'});
            }
        }
        return sent;
    }

    /// Each on a socket of its own: an answer, or the end.
    private int requests(Random random, int count) throws IOException {
        var mutations = new Mutations(goodRequests(), random);
        for (int i = 0; i < count; i++) {
            try (var http = new Http(node.realtime())) {
                http.write(mutations.next());
                http.end();
                http.drain();
            }
        }
        return count;
    }

    /// A socket down to its bytes.
    private static final class Http implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;

        Http(Address address) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Person.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(address.host(), address.port()));
            in = socket.getInputStream();
        }

        void write(byte[] bytes) throws IOException {
            try {
                socket.getOutputStream().write(bytes);
            } catch (SocketException _) {
                // The server had enough before the end.
            }
        }

        void end() throws IOException {
            try {
                socket.shutdownOutput();
            } catch (SocketException _) {
                // Closed from the other side.
            }
        }

        /// Reads to the end, which must come.
        void drain() throws IOException {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (SocketException _) {
                // Reset, which is an end as well.
            }
        }

        String post(String path, byte[] body) throws IOException {
            var request = new ByteArrayOutputStream();
            request.writeBytes(HostileSocketIoIT.request("POST " + path, "Content-Length: " + body.length)
                    .getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            write(request.toByteArray());
            return response();
        }

        String ask(String request) throws IOException {
            write(request.getBytes(StandardCharsets.US_ASCII));
            return response();
        }

        private String response() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new EOFException("ended after " + head);
                }
                head.append((char) c);
            }
            var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return head + new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
