package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Nothing can be written any more: sends are refused and can be repeated, reading goes on, and when there is room
/// again the server goes on by itself.
class FullDiskIT {
    private static final String TEXT = "x".repeat(4000);
    private static final int MOST_SENDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void aFullDiskRefusesSendsServesReadsAndRecoversWithoutARestart() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (var node = Node.started(mounted(data), folder)) {
            // The file system exists for the server's process only.
            Path seen = Path.of("/proc", Long.toString(node.pid()), "root")
                    .resolve(data.toString().substring(1));
            Path ballast = seen.resolve("ballast");
            refusesAndRecovers(node, () -> fill(ballast), () -> Files.delete(ballast));
        }
    }

    @Test
    void aFileThatCannotGrowRefusesSendsServesReadsAndRecoversWithoutARestart() throws Exception {
        try (var node = Node.started(folder)) {
            refusesAndRecovers(
                    node,
                    () -> limitFileSize(node, Long.toString(largestFile(node))),
                    () -> limitFileSize(node, "unlimited"));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void refusesAndRecovers(Node node, Step noRoom, Step room) throws Exception {
        try (var sender = Person.of(node, "disk-sender");
                var receiver = Person.of(node, "disk-receiver")) {
            String conversation = Conversations.direct(sender, receiver);
            Person.at(node, "disk-receiver", "another device").close();
            List<Long> acknowledged = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                acknowledged.add(sender.say(conversation, TEXT));
            }
            noRoom.run();
            String refused = sendUntilRefused(sender, conversation, acknowledged);

            assertThat(code(sender, conversation, refused)).isEqualTo("unavailable");
            assertThat(ready(node)
                            .expect(503)
                            .body()
                            .path("checks")
                            .path("store")
                            .asString())
                    .startsWith("cannot write: ");
            assertThat(receiver.history(conversation, 0))
                    .extracting(entry -> entry.path("seq").asLong())
                    .isEqualTo(acknowledged);
            assertThat(receiver.item(conversation).path("unread").asInt())
                    .isEqualTo(Math.min(1000, acknowledged.size()));
            assertThat(receiver.ask("read", "conversation", conversation, "seq", 1)
                            .path("code")
                            .asString("unavailable"))
                    .isEqualTo("unavailable");
            // A device that was here before gets in; a new one would have to be noted.
            try (var again = Person.at(node, "disk-receiver", "another device")) {
                assertThat(again.history(conversation, 0)).hasSize(acknowledged.size());
            }

            room.run();
            awaitReady(node);
            long seq = sendUntilTaken(sender, conversation, refused);
            assertThat(seq).isEqualTo(acknowledged.getLast() + 1);
            assertThat(sender.say(conversation, "Room again")).isEqualTo(seq + 1);
            assertThat(receiver.history(conversation, 0)).hasSize(acknowledged.size() + 2);
        }
    }

    private static Api.Answer ready(Node node) {
        return new Api(node.http(), null).get("/health/ready");
    }

    /// Nobody sends meanwhile: the node finds out by itself.
    private static void awaitReady(Node node) throws InterruptedException {
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (ready(node).status() != 200) {
            assertThat(Instant.now()).as("%s", ready(node)).isBefore(until);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static JsonNode send(Person sender, String conversation, String clientId) {
        return Person.reply(sender.starting(conversation, clientId, TEXT));
    }

    private static String code(Person sender, String conversation, String clientId) {
        return send(sender, conversation, clientId).path("code").asString("");
    }

    /// The client id of the first message that was not taken.
    private static String sendUntilRefused(Person sender, String conversation, List<Long> acknowledged) {
        for (int i = 0; i < MOST_SENDS; i++) {
            var reply = send(sender, conversation, "full-" + i);
            if (reply.path("type").asString().equals("error")) {
                assertThat(reply.path("code").asString()).as("%s", reply).isEqualTo("unavailable");
                return "full-" + i;
            }
            acknowledged.add(Person.seq(reply));
        }
        throw new AssertionError("there was room for " + MOST_SENDS + " messages");
    }

    private static long sendUntilTaken(Person sender, String conversation, String clientId)
            throws InterruptedException {
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (Instant.now().isBefore(until)) {
            var reply = send(sender, conversation, clientId);
            if (!reply.path("type").asString().equals("error")) {
                return Person.seq(reply);
            }
            assertThat(reply.path("code").asString()).as("%s", reply).isEqualTo("unavailable");
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("sends were refused also when there was room again");
    }

    /// Runs what follows with a small file system at `data` that nobody else sees; needs root, or user namespaces.
    private static List<String> mounted(Path data) {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!root) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=32m magpie \"$0\" && exec \"$@\"", data.toString()));
        return command;
    }

    private static void fill(Path ballast) throws IOException {
        byte[] zeros = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException _) {
            assertThat(ballast).isNotEmptyFile();
        }
    }

    private static long largestFile(Node node) throws IOException {
        try (var files = Files.list(node.data())) {
            return files.mapToLong(file -> file.toFile().length()).max().orElseThrow();
        }
    }

    private static void limitFileSize(Node node, String soft) throws IOException, InterruptedException {
        var process = new ProcessBuilder("prlimit", "--pid", Long.toString(node.pid()), "--fsize=" + soft + ":")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as("prlimit").isZero();
    }
}
