package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole server, wired as it is for everybody, started once for all tests here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;
    private Doors doors;

    @BeforeAll
    void start(@TempDir Path folder) {
        context = MagpieServer.start(TestSettings.in(folder));
        doors = context.getBean(Doors.class);
    }

    @AfterAll
    void stop() {
        context.close();
        http.close();
    }

    @Test
    void isLiveAndReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        var ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("""
                {"status":"ready","checks":{"realtime":"ok","store":"ok"}}""");
    }

    @Test
    void twoPeopleChatAndItIsCounted() throws Exception {
        try (var ada = TestPerson.connected(http, doors.httpPort(), doors.realtimePort(), "ada");
                var bob = TestPerson.connected(http, doors.httpPort(), doors.realtimePort(), "bob")) {
            ada.say("""
                    {"type":"send","id":"1","conversation":"d.%d.%d","clientId":"c1",\
                    "content":{"kind":"text","text":"hello bob"}}""".formatted(ada.id, bob.id));
            assertThat(ada.hears("\"sent\"")).contains("\"seq\":1");
            assertThat(bob.hears("\"entry\"")).contains("hello bob").contains("\"seq\":1");

            String metrics = get("/metrics").body();
            assertThat(metrics)
                    .contains("magpie_sessions 2.0")
                    .contains("magpie_sends_total 1.0")
                    .contains("magpie_commit_seconds_total")
                    .contains("magpie_sessions_lagging 0.0")
                    .contains("magpie_sends_rejected_total{code=\"rate-limited\"} 0.0")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void describesItsApi() throws Exception {
        assertThat(get("/openapi.json").body())
                .contains("/health/ready")
                .contains("/api/v1/sessions")
                .contains("bearer");
        assertThat(get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
        assertThat(get("/docs").statusCode()).isEqualTo(302);
    }

    @Test
    void saysAtItsRootWhatItIs() throws Exception {
        assertThat(get("/").body()).contains("An instant-messaging server").contains("href=\"docs\"");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        for (var body : new HttpRequest.BodyPublisher[] {
            HttpRequest.BodyPublishers.ofByteArray(new byte[65_537]),
            HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(new byte[65_537]))
        }) {
            var answer = http.send(request("/health/live").POST(body).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":\"too-large\"");
        }
        var atTheLimit = HttpRequest.BodyPublishers.ofByteArray(new byte[65_536]);
        assertThat(http.send(request("/health/live").POST(atTheLimit).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void takesNoSettingFromOutside() throws Exception {
        assertThat(get("/actuator").statusCode()).isEqualTo(404);
        assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("0");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + doors.httpPort() + path));
    }
}
