package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.magpie.core.file.FileStore;
import io.magpie.core.file.Media;
import io.magpie.core.file.NewFile;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an upload over the service to what the other one reads and finds.
class TranscriptionHttpTest extends HttpTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer service = service();

    @Override
    Stream<String> settings() {
        return Stream.of(
                "--set",
                "transcription=openai",
                "--set",
                "openai.url=http://127.0.0.1:" + service.getAddress().getPort(),
                "--set",
                "openai.key=sk-test");
    }

    @AfterAll
    void stopService() {
        service.stop(0);
    }

    @Test
    void theOtherOneReadsAndFindsWhatWasSaid(@TempDir Path folder) throws Exception {
        long ann = person("ann");
        long bob = person("bob");
        String pair = "d." + ann + "." + bob;
        long file = recording(ann, folder);
        var sent = as(
                ann,
                "POST",
                "/conversations/" + pair + "/entries",
                "{\"clientId\":\"v\",\"content\":{\"kind\":\"voice\",\"file\":%d,\"durationMs\":900}}".formatted(file));
        assertThat(sent.status()).isEqualTo(201);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String transcript = "";
        while (transcript.isEmpty() && System.nanoTime() < until) {
            var content = as(bob, "GET", "/conversations/" + pair + "/entries", null)
                    .body()
                    .get("entries")
                    .get(0)
                    .get("body")
                    .get("content");
            transcript = content.path("transcript").asString("");
            Thread.sleep(20);
        }
        assertThat(transcript).isEqualTo("Meet me at the harbour.");
        var entries = as(bob, "GET", "/conversations/" + pair + "/entries", null)
                .body()
                .get("entries");
        assertThat(entries.get(1).get("body").get("kind").stringValue()).isEqualTo("edit");
        assertThat(entries.get(1).get("sender").longValue()).isEqualTo(ann);
        var found = as(bob, "GET", "/search?query=harb", null).body().get("entries");
        assertThat(found.get(0).get("seq").longValue()).isEqualTo(sent.number("seq"));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst()).contains("the sound of it").contains("Bearer sk-test");
    }

    /// As an upload leaves it.
    private long recording(long owner, Path folder) throws Exception {
        byte[] sound = "the sound of it".getBytes(StandardCharsets.UTF_8);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sound));
        var local = Files.write(folder.resolve("sound"), sound);
        bean(FileStore.class).put(hash, local);
        var stored = bean(Storage.class).store().transact(tx -> {
            var files = tx.on(io.magpie.core.file.Files.Edits.class);
            files.bring(hash, sound.length, 1);
            var media = Media.audio("audio/ogg", 900, List.of());
            return Outcome.done(files.insert(new NewFile(owner, hash, sound.length, "", media, 0), 1)
                    .id());
        });
        if (stored.outcome() instanceof Outcome.Done<Long>(Long id)) {
            return id;
        }
        throw new AssertionError(stored);
    }

    private HttpServer service() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/audio/transcriptions", exchange -> {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(exchange.getRequestHeaders().getFirst("Authorization") + body);
                byte[] answer = "{\"text\":\"Meet me at the harbour.\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
