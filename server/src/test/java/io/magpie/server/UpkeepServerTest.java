package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Logins;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.json.JsonBodyCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole server over a store with a past, beside a web server that wants to hear of members who are away.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpkeepServerTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OLD = 700;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private HttpServer hook;
    private ConfigurableApplicationContext context;
    private Doors doors;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        past(folder);
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            heard.add(exchange.getRequestHeaders().getFirst("Magpie-Signature") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/";
        context = MagpieServer.start(TestSettings.in(
                folder,
                "--set",
                "retention.days=30",
                "--set",
                "push.afterMs=1000",
                "--set",
                "push.webhook.url=" + url,
                "--set",
                "push.webhook.secret=a secret of the operator"));
        doors = context.getBean(Doors.class);
    }

    /// Two who do not exist yet wrote to each other, and somebody's login ended long ago.
    private static void past(Path folder) {
        var now = Instant.now();
        try (var store = SqliteStore.open(folder, new JsonBodyCodec(), InstantSource.system())) {
            append(store, OLD, now.minus(Duration.ofDays(40)));
            append(store, 3, now.minus(Duration.ofDays(20)));
            store.transact(tx -> {
                var device = new Device("old", Platform.WEB, "");
                tx.on(Logins.Edits.class).open(1, device, new byte[] {1}, 5, now.toEpochMilli() - 90_000_000L);
                return Outcome.done(true);
            });
        }
    }

    private static void append(SqliteStore store, int count, Instant at) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var body = new Body.Message(new Content.Text("long ago"), 0, Mentions.NONE);
            drafts.add(new Draft(PAIR, 1, null, body, Draft.UNCHECKED));
        }
        store.log().append(drafts, at.toEpochMilli());
    }

    @AfterAll
    void stop() {
        context.close();
        http.close();
        hook.stop(0);
    }

    @Test
    void oldEntriesGoAndWhoIsAwayIsNotified() throws Exception {
        String metrics = awaitMetric("magpie_retention_deleted_total " + OLD + ".0");
        assertThat(metrics)
                .contains("magpie_sweep_logins_total 1.0")
                .contains("magpie_sweep_requests_total 0.0")
                .contains("magpie_store_writable 1.0");
        try (var ada = TestPerson.connected(http, doors.httpPort(), doors.realtimePort(), "ada")) {
            ada.say("{\"type\":\"sync\",\"id\":\"s\",\"since\":0}");
            assertThat(ada.hears("\"conversations\"")).contains("\"firstSeq\":701,\"lastSeq\":703");
            long bob;
            try (var there = TestPerson.connected(http, doors.httpPort(), doors.realtimePort(), "bob")) {
                bob = there.id;
                send(ada, bob, "c1");
                there.hears("\"seq\":704");
                there.say("{\"type\":\"received\",\"id\":\"r\",\"conversation\":\"%s\",\"seq\":704}".formatted(PAIR));
                there.hears("\"ok\"");
            }
            send(ada, bob, "c2");
            String request = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(request)
                    .startsWith("t=")
                    .contains("\"conversation\":\"d.1.2\",\"seq\":705,\"sender\":1,")
                    .contains("\"kind\":\"text\",\"users\":[2]")
                    .doesNotContain("\"seq\":704")
                    .doesNotContain("hello");
        }
        awaitMetric("magpie_webhook_delivered_total 1.0");
        assertThat(awaitMetric("magpie_push_waiting 0.0"))
                .contains("magpie_push_notifications_total 1.0")
                .contains("magpie_push_users_total 1.0")
                .contains("magpie_push_forgotten_total 0.0")
                .contains("magpie_webhook_requests_total 1.0")
                .contains("magpie_webhook_failures_total 0.0")
                .contains("magpie_webhook_refused_total 0.0")
                .contains("magpie_webhook_dropped_total 0.0")
                .contains("magpie_webhook_waiting_bytes 0.0");
    }

    private static void send(TestPerson from, long to, String clientId) throws InterruptedException {
        from.say("""
                {"type":"send","id":"1","conversation":"d.%d.%d","clientId":"%s",\
                "content":{"kind":"text","text":"hello"}}""".formatted(from.id, to, clientId));
        from.hears("\"sent\"");
    }

    private String awaitMetric(String line) throws Exception {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + doors.httpPort() + "/metrics"))
                    .build();
            String metrics =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (metrics.contains(line + "\n")) {
                return metrics;
            }
            assertThat(Instant.now()).as("%s in %s", line, metrics).isBefore(until);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
