package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Mutations;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.ProcessState;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Frames that no client of ours would send: always the promised error, and the server serves on.
@ExtendWith(SharedNode.class)
class HostileInputIT {
    private static final int FRAMES = 100_000;
    private static final int CONNECTIONS = 8;
    private static final int IN_A_ROW = 9;
    private static final long SLACK_BYTES = 12L << 20;
    private static final List<String> PROMISED = List.of(
            "malformed",
            "too-large",
            "unsupported",
            "unauthenticated",
            "forbidden",
            "not-found",
            "not-member",
            "blocked",
            "muted",
            "rate-limited",
            "conflict",
            "rejected",
            "unavailable");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Node node;

    HostileInputIT(Node node) {
        this.node = node;
    }

    private static List<String> goodFrames(long me, long group) {
        String direct = "\"conversation\":\"d." + me + "." + me + "\"";
        String shared = "\"conversation\":\"g." + group + "\"";
        return List.of(
                "{\"type\":\"hello\",\"id\":\"1\",\"token\":\"t\",\"device\":{\"id\":\"d\",\"platform\":\"web\"}}",
                "{\"type\":\"ping\",\"id\":\"2\"}",
                "{\"type\":\"send\",\"id\":\"3\"," + direct
                        + ",\"clientId\":\"c\",\"content\":{\"kind\":\"text\",\"text\":\"Hello\"},\"replyTo\":1}",
                "{\"type\":\"send\",\"id\":\"4\"," + shared
                        + ",\"clientId\":\"c\",\"content\":{\"kind\":\"custom\",\"schema\":\"s\",\"data\":{\"a\":[1]}},"
                        + "\"mentions\":[1,2],\"priority\":\"high\"}",
                "{\"type\":\"send\",\"id\":\"5\"," + shared
                        + ",\"clientId\":\"l\",\"content\":{\"kind\":\"location\",\"lat\":1.5,\"lon\":2,\"label\":\"x\"},"
                        + "\"mentions\":\"all\"}",
                "{\"type\":\"received\",\"id\":\"6\"," + direct + ",\"seq\":1}",
                "{\"type\":\"read\",\"id\":\"7\"," + shared + ",\"seq\":1}",
                "{\"type\":\"listened\",\"id\":\"8\"," + direct + ",\"seq\":1}",
                "{\"type\":\"typing\",\"id\":\"9\"," + shared + ",\"active\":true}",
                "{\"type\":\"recall\",\"id\":\"10\"," + direct + ",\"seq\":1}",
                "{\"type\":\"edit\",\"id\":\"11\"," + direct
                        + ",\"seq\":1,\"content\":{\"kind\":\"text\",\"text\":\"New\"}}",
                "{\"type\":\"react\",\"id\":\"12\"," + direct + ",\"seq\":1,\"emoji\":\"👍\",\"active\":true}",
                "{\"type\":\"history\",\"id\":\"13\"," + direct + ",\"after\":0,\"limit\":2}",
                "{\"type\":\"history\",\"id\":\"14\"," + shared + ",\"before\":9,\"limit\":2}",
                "{\"type\":\"sync\",\"id\":\"15\",\"since\":0,\"cursor\":\"x\"}",
                "{\"type\":\"presence\",\"id\":\"16\",\"users\":[1,2,3]}");
    }

    @Test
    void aHundredThousandSpoiltFramesAreAllAnsweredAsPromised() throws Exception {
        int open = ProcessState.connections(node);
        long me;
        long group;
        try (var person = Person.of(node, "hostile-0")) {
            me = person.id();
            group = node.api(node.token("hostile-0"))
                    .post("/api/v1/groups", "name", "Hostile", "members", List.of(), "joinPolicy", "open")
                    .expect(201)
                    .body()
                    .path("groupId")
                    .asLong();
        }
        long seed = System.nanoTime();
        spoil(me, group, FRAMES / 10, seed);
        var before = ProcessState.settled(node, open);
        int errors = spoil(me, group, FRAMES, seed + 1);
        var after = ProcessState.settled(node, open);

        assertThat(errors).as("seed " + seed).isGreaterThan(FRAMES / 2);
        assertThat(after.heapBytes()).as("%s, before: %s", after, before).isLessThan(before.heapBytes() + SLACK_BYTES);
        try (var person = Person.of(node, "hostile-after")) {
            person.say(Conversations.direct(person, person), "Still here");
        }
    }

    private int spoil(long me, long group, int frames, long seed) throws Exception {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("hostile-", 0).factory())) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var mutations = new Mutations(goodFrames(me, group), new Random(seed + i));
                parts.add(threads.submit(conversation(i, mutations, frames / CONNECTIONS)));
            }
            int errors = 0;
            for (var part : parts) {
                errors += part.get();
            }
            return errors;
        }
    }

    /// A good frame after each few spoilt ones proves by its answer that those were dealt with and that the
    /// connection lives.
    private Callable<Integer> conversation(int number, Mutations mutations, int frames) {
        return () -> {
            int errors = 0;
            try (var wire = Wire.open(node.realtime())) {
                wire.patience((int) Person.PATIENCE.toMillis());
                wire.text("""
                        {"type":"hello","id":"welcome","token":"%s","device":{"id":"d%d","platform":"bot"}}""".formatted(node.token("hostile-0"), number));
                errors += untilAnswered(wire, "welcome");
                for (int sent = 0; sent < frames; sent += IN_A_ROW) {
                    var batch = new ByteArrayOutputStream();
                    for (int i = 0; i < IN_A_ROW; i++) {
                        batch.writeBytes(Wire.encoded(sent % 50 == 0 ? Wire.BINARY : Wire.TEXT, spoilt(mutations)));
                    }
                    String marker = "good-" + sent;
                    batch.writeBytes(
                            Wire.encoded(Wire.TEXT, """
                            {"type":"ping","id":"%s"}""".formatted(marker).getBytes(StandardCharsets.UTF_8)));
                    wire.raw(batch.toByteArray());
                    errors += untilAnswered(wire, marker);
                }
            }
            return errors;
        };
    }

    /// What happens to be a good `bye` would rightly end the connection.
    private static byte[] spoilt(Mutations mutations) {
        while (true) {
            byte[] frame = mutations.next();
            if (!new String(frame, StandardCharsets.ISO_8859_1).contains("bye")) {
                return frame;
            }
        }
    }

    private static int untilAnswered(Wire wire, String id) throws IOException {
        for (int errors = 0; ; ) {
            var frame = wire.read();
            assertThat(frame.opcode()).as(frame.text()).isIn(Wire.TEXT, Wire.PING);
            if (frame.opcode() == Wire.TEXT) {
                var answer = JSON.readTree(frame.text());
                errors += checked(answer) ? 1 : 0;
                if (answer.path("id").asString("").equals(id)) {
                    return errors;
                }
            }
        }
    }

    private static boolean checked(JsonNode answer) {
        boolean error = answer.path("type").asString().equals("error");
        if (error) {
            assertThat(answer.path("code").asString()).as("%s", answer).isIn(PROMISED);
            assertThat(answer.path("message").asString()).as("%s", answer).isNotBlank();
        }
        return error;
    }

    @Test
    void beforeHelloNothingElseIsServedAndASecondHelloIsRefused() throws Exception {
        try (var nobody = Person.dialed(node.realtime(), _ -> {})) {
            for (String type : List.of("ping", "sync", "send", "presence", "nonsense")) {
                assertThat(nobody.ask(type, "since", 0).path("type").asString()).isEqualTo("error");
            }
            nobody.hello(node.token("hostile-late"), "phone");
            var again = nobody.ask(
                    "hello", "token", node.token("hostile-other"), "device", Map.of("id", "x", "platform", "web"));
            assertThat(again.path("type").asString()).isEqualTo("error");
            assertThat(nobody.ask("ping").path("type").asString()).isEqualTo("pong");
        }
    }

    @Test
    void aFrameAboveTheLimitEndsItsConnectionAndOneAtTheLimitDoesNot() throws Exception {
        int limit = 65_536;
        for (int size : new int[] {limit - 1, limit, limit + 1, 4 * limit}) {
            try (var person = Person.of(node, "hostile-large");
                    var wire = Wire.open(node.realtime())) {
                wire.patience((int) Person.PATIENCE.toMillis());
                byte[] ping = "{\"type\":\"ping\",\"id\":\"p\"}".getBytes(StandardCharsets.UTF_8);
                wire.text("""
                        {"type":"hello","id":"w","token":"%s","device":{"id":"large","platform":"bot"}}""".formatted(node.token("hostile-large")));
                untilAnswered(wire, "w");
                byte[] frame = (new String(ping, StandardCharsets.UTF_8) + " ".repeat(size - ping.length))
                        .getBytes(StandardCharsets.UTF_8);
                wire.frame(Wire.TEXT, frame);
                if (size <= limit) {
                    untilAnswered(wire, "p");
                } else {
                    assertThat(closeCode(wire)).isEqualTo(1009);
                }
                assertThat(person.ask("ping").path("type").asString()).isEqualTo("pong");
            }
        }
    }

    private static int closeCode(Wire wire) throws IOException {
        while (true) {
            var frame = wire.read();
            if (frame.opcode() == Wire.CLOSE) {
                return frame.code();
            }
        }
    }

    @Test
    void textsAtTheLimitAreTakenAndOneByteMoreIsTooLarge() throws Exception {
        try (var person = Person.of(node, "hostile-text")) {
            String notes = Conversations.direct(person, person);
            person.say(notes, "x".repeat(8192));
            var tooLong = Person.reply(person.starting(notes, "long", "x".repeat(8193)));
            assertThat(tooLong.path("code").asString()).isIn("too-large", "malformed");
            var manyBytes = Person.reply(person.starting(notes, "bytes", "é".repeat(4097)));
            assertThat(manyBytes.path("code").asString())
                    .isEqualTo(tooLong.path("code").asString());
            var longId = Person.reply(person.starting(notes, "i".repeat(65), "x"));
            assertThat(longId.path("type").asString()).isEqualTo("error");
            Person.seq(Person.reply(person.starting(notes, "i".repeat(64), "x")));
        }
    }

    @Test
    void tenMalformedFramesInARowEndTheConnection() throws Exception {
        try (var wire = Wire.open(node.realtime())) {
            wire.patience((int) Person.PATIENCE.toMillis());
            wire.text("""
                    {"type":"hello","id":"w","token":"%s","device":{"id":"ten","platform":"bot"}}""".formatted(node.token("hostile-ten")));
            untilAnswered(wire, "w");
            for (int i = 0; i < 10; i++) {
                wire.text("nonsense");
            }
            List<Wire.Frame> frames = new ArrayList<>();
            do {
                frames.add(wire.read());
            } while (frames.getLast().opcode() != Wire.CLOSE);
            assertThat(frames.getLast().code()).isEqualTo(1008);
            assertThat(frames.stream().map(Wire.Frame::text).collect(Collectors.joining()))
                    .contains("malformed");
        }
    }
}
