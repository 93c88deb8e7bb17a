package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiHttpTest extends HttpTest {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    @Test
    void everyCallSaysWhatItIsForAndAsksOnlyForWhatClientsSend() {
        var paths = send(request("/openapi.json")).body().get("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/accounts",
                        "/api/v1/sessions/{id}",
                        "/api/v1/me/password",
                        "/api/v1/users",
                        "/api/v1/friend-requests/{id}/accept",
                        "/api/v1/friends/{user}",
                        "/api/v1/blocks/{user}",
                        "/api/v1/search",
                        "/api/v1/groups/{id}",
                        "/api/v1/groups/{id}/members/{user}",
                        "/api/v1/groups/{id}/join",
                        "/api/v1/groups/{id}/owner");
        for (var path : paths.properties()) {
            if (!path.getKey().startsWith("/api/v1/")) {
                continue;
            }
            for (String method : METHODS) {
                var operation = path.getValue().get(method);
                if (operation != null) {
                    String name = method + " " + path.getKey();
                    assertThat(operation.has("summary")).as(name).isTrue();
                    assertThat(operation.has("tags")).as(name).isTrue();
                    assertThat(operation.toString())
                            .as(name)
                            .doesNotContain("\"caller\"")
                            .doesNotContain("\"reader\"");
                }
            }
        }
    }

    @Test
    void everyCallSaysHowItAnswers() {
        var paths = send(request("/openapi.json")).body().get("paths");
        for (String path : List.of("/api/v1/accounts", "/api/v1/sessions", "/api/v1/groups", "/api/v1/files")) {
            assertThat(paths.get(path).get("post").get("responses").propertyNames())
                    .as(path)
                    .containsExactly("201");
        }
        for (String path : List.of("/api/v1/friend-requests", "/api/v1/conversations/{conversation}/entries")) {
            assertThat(paths.get(path).get("post").get("responses").propertyNames())
                    .as(path)
                    .containsExactlyInAnyOrder("200", "201");
        }
        var joined = paths.get("/api/v1/groups/{id}/join").get("post").get("responses");
        assertThat(joined.propertyNames()).containsExactlyInAnyOrder("200", "202");
        assertThat(joined.get("202").get("content").toString()).contains("Joined");
        assertThat(paths.get("/api/v1/me/password").get("put").get("responses").propertyNames())
                .containsExactly("204");
        assertThat(paths.get("/api/v1/files").get("post").get("requestBody").toString())
                .contains("binary");
    }

    /// Where the page came from, whatever proxy is in front; registering and logging in need no token.
    @Test
    void itsPageCanBeTried() {
        var document = send(request("/openapi.json")).body();
        assertThat(document.get("servers").size()).isEqualTo(1);
        assertThat(document.get("servers").get(0).get("url").stringValue()).isEqualTo("/");
        assertThat(document.get("security").get(0).has("token")).isTrue();
        var paths = document.get("paths");
        assertThat(paths.get("/api/v1/accounts").get("post").get("security").size())
                .isZero();
        assertThat(paths.get("/api/v1/sessions").get("post").get("security").size())
                .isZero();
        assertThat(paths.get("/api/v1/sessions").get("get").has("security")).isFalse();
    }

    /// Works offline and on a phone.
    @Test
    void itsPageComesFromHereAndFitsAPhone() throws Exception {
        var page = text("/swagger-ui/index.html");
        assertThat(page)
                .contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .contains("<title>Magpie: the HTTP API</title>")
                .doesNotContain("Swagger UI</title>")
                .doesNotContain("//");
        assertThat(text("/swagger-ui/swagger-initializer.js")).contains("/openapi.json");
        assertThat(text("/")).doesNotContain("//").contains("viewport");
    }

    private String text(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void noTwoBodiesShareAName() {
        var schemas = send(request("/openapi.json")).body().get("components").get("schemas");
        assertThat(schemas.get("GroupChange").get("properties").has("announcement"))
                .isTrue();
        assertThat(schemas.get("MemberChange").get("properties").has("role")).isTrue();
        assertThat(schemas.get("FriendRequestView").get("properties").has("state"))
                .isTrue();
        assertThat(schemas.get("JoinRequestView").get("properties").has("name")).isTrue();
    }
}
