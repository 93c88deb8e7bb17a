package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What ends a session ends its live connection, with the reason, and no other one.
@ExtendWith(SharedNode.class)
class SessionEndsIT {
    private static final String PASSWORD = "correct horse battery";

    private final Node node;

    SessionEndsIT(Node node) {
        this.node = node;
    }

    private record Login(String token, long session, Api api) {
        static Login of(Node node, String username, String password, String device, String platform) {
            var answer = new Api(node.http(), null)
                    .post(
                            "/api/v1/sessions",
                            "username",
                            username,
                            "password",
                            password,
                            "device",
                            Map.of("id", device, "platform", platform))
                    .expect(201);
            String token = answer.body().path("token").asString();
            long session = 0;
            var api = node.api(token);
            for (var item : api.get("/api/v1/sessions").expect(200).body().path("items")) {
                if (item.path("current").asBoolean()) {
                    session = item.path("id").asLong();
                }
            }
            return new Login(token, session, api);
        }

        Person connect(Node node, String device) throws IOException {
            return Person.connected(node.realtime(), token, device, _ -> {});
        }
    }

    private static void register(Node node, String username) {
        new Api(node.http(), null)
                .post("/api/v1/accounts", "username", username, "password", PASSWORD)
                .expect(201);
    }

    private static void assertEnded(Person person, String reason) {
        var bye = person.await(push -> push.path("type").asString("").equals("bye"), "bye");
        assertThat(bye.path("reason").asString()).isEqualTo(reason);
        assertThat(person.awaitClosed()).startsWith("closed ");
    }

    private static void assertLives(Person person) {
        assertThat(person.ask("ping").path("type").asString()).isEqualTo("pong");
    }

    private static void assertRefused(Node node, Login login) throws IOException {
        try (var nobody = Person.dialed(node.realtime(), _ -> {})) {
            JsonNode answer =
                    nobody.ask("hello", "token", login.token(), "device", Map.of("id", "x", "platform", "linux"));
            assertThat(answer.path("code").asString()).isEqualTo("unauthenticated");
        }
        assertThat(login.api().get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void loggingOutOverHttpClosesTheLiveConnectionOfThatSessionOnly() throws Exception {
        register(node, "ends-out");
        var phone = Login.of(node, "ends-out", PASSWORD, "phone", "android");
        var desk = Login.of(node, "ends-out", PASSWORD, "desk", "linux");
        try (var onPhone = phone.connect(node, "phone");
                var onDesk = desk.connect(node, "desk")) {
            desk.api().delete("/api/v1/sessions/" + phone.session()).expect(204);

            assertEnded(onPhone, "logged-out");
            assertRefused(node, phone);
            assertLives(onDesk);

            desk.api().delete("/api/v1/sessions/current").expect(204);
            assertEnded(onDesk, "logged-out");
            assertRefused(node, desk);
        }
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() throws Exception {
        register(node, "ends-password");
        var phone = Login.of(node, "ends-password", PASSWORD, "phone", "android");
        var desk = Login.of(node, "ends-password", PASSWORD, "desk", "linux");
        try (var onPhone = phone.connect(node, "phone");
                var onDesk = desk.connect(node, "desk")) {
            desk.api()
                    .put("/api/v1/me/password", "oldPassword", PASSWORD, "newPassword", PASSWORD + " staple")
                    .expect(204);

            assertEnded(onPhone, "logged-out");
            assertRefused(node, phone);
            assertLives(onDesk);
            var old = new Api(node.http(), null)
                    .post(
                            "/api/v1/sessions",
                            "username",
                            "ends-password",
                            "password",
                            PASSWORD,
                            "device",
                            Map.of("id", "x", "platform", "web"));
            assertThat(old.code()).isEqualTo("unauthenticated");
            Login.of(node, "ends-password", PASSWORD + " staple", "x", "web");
        }
    }

    @Test
    void aSecondConnectionOfADeviceReplacesTheFirst() throws Exception {
        try (var first = Person.at(node, "ends-replaced", "same");
                var other = Person.at(node, "ends-replaced", "other");
                var second = Person.at(node, "ends-replaced", "same")) {
            assertEnded(first, "replaced");
            assertLives(other);
            assertLives(second);
        }
    }

    @Test
    void theDevicePolicyEndsWhatItDoesNotAllow(@TempDir Path folder) throws Exception {
        try (var strict = Node.started(folder, "auth.devices=one-per-platform")) {
            register(strict, "ends-policy");
            var phone = Login.of(strict, "ends-policy", PASSWORD, "phone", "android");
            var desk = Login.of(strict, "ends-policy", PASSWORD, "desk", "linux");
            try (var onPhone = phone.connect(strict, "phone");
                    var onDesk = desk.connect(strict, "desk")) {
                var newPhone = Login.of(strict, "ends-policy", PASSWORD, "new phone", "android");

                assertThat(onPhone.await(push -> push.path("type").asString("").equals("bye"), "bye")
                                .path("reason")
                                .asString())
                        .isIn("logged-out", "kicked", "replaced");
                onPhone.awaitClosed();
                assertRefused(strict, phone);
                assertLives(onDesk);
                try (var onNewPhone = newPhone.connect(strict, "new phone")) {
                    assertLives(onNewPhone);
                }
            }
        }
    }
}
