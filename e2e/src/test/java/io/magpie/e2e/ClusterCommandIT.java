package io.magpie.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.command.ClusterMain;
import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.Speaker;
import io.magpie.e2e.harness.StockPage;
import io.magpie.e2e.harness.TestServer;
import io.magpie.e2e.harness.Wire;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./magpie cluster`, as an operator types it, with people who come through nginx.
class ClusterCommandIT {
    private static final Path ROOT = Path.of("..");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static URI front;
    private static URI tcp;

    /// What a command said, and its exit status.
    private record Said(int status, String text) {}

    private static Said magpie(String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, UTF_8);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        int status = new ClusterMain(ROOT, () -> TestServer.launch(), out, out, false).run(all);
        return new Said(status, said.toString(UTF_8));
    }

    @BeforeAll
    static void up() {
        Said said = magpie("up", "--detach", "--nodes", "2", "--set", "log.level=warn");
        assertThat(said.status()).as(said.text()).isZero();
        front = told(said, "people");
        tcp = told(said, "TCP");
    }

    private static URI told(Said said, String door) {
        var found = Pattern.compile(door + " +(\\S+)").matcher(said.text());
        assertThat(found.find()).as(said.text()).isTrue();
        return URI.create(found.group(1));
    }

    /// Ends all of it, and nothing was left to end.
    @AfterAll
    static void down() {
        Fleet fleet = fleet();
        List<Long> processes = Stream.concat(
                        fleet.nodes().stream().map(FleetNode::pid),
                        Stream.concat(
                                        fleet.engines().values().stream(),
                                        Engine.NGINX.running(folder.resolve("engines/nginx")).stream())
                                .map(RunningEngine::pid))
                .filter(pid -> pid > 0)
                .toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(4);
        assertThat(magpie("down").status()).isZero();
        assertThat(processes)
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
        assertThat(magpie("status").text()).contains("no cluster runs in " + folder);
        assertThat(magpie("down", "--wipe").status()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    private static Fleet fleet() {
        return Fleet.running(folder).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"least-conn", "ip-hash", "user-hash"})
    void peopleGoOnWhenANodeDies(String balance) throws Exception {
        assertThat(magpie("up", "--detach", "--nginx", balance).text()).contains("behind nginx (" + balance + ")");
        var ada = Account.registered("ada");
        var bob = Account.registered("bob");
        var conversation = "d." + Math.min(ada.id(), bob.id()) + "." + Math.max(ada.id(), bob.id());
        String dying;
        try (var first = Guest.through(ada, "/ws", "");
                var other = elsewhere(bob, first.node(), balance);
                var page = StockPage.socket(front.toString(), Map.of("auth", Map.of("token", bob.loggedIn("page"))));
                var runtime = ClientRuntime.start()) {
            // It begins by polling, and may have upgraded before it says so.
            if (page.await("connect").asString().equals("polling")) {
                assertThat(page.await("upgrade").asString()).isEqualTo("websocket");
            }
            first.person().say(conversation, "hello");
            other.person().awaitEntry(conversation, 1);
            page.await(
                    "private_message",
                    message -> message.path("content").asString("").equals("hello"));
            var phone = Speaker.of(runtime.transports().apply(Protocol.TCP), tcp, ada.loggedIn("phone"), "phone");
            assertThat(phone.made(new Command.Send(
                            ConversationId.parse(conversation).orElseThrow(),
                            "from the phone",
                            new Content.Text("by TCP"),
                            0,
                            Mentions.NONE,
                            Command.Priority.NORMAL)))
                    .isEqualTo(2);
            first.person().awaitEntry(conversation, 2);
            other.person().awaitEntry(conversation, 2);
            phone.close();

            dying = first.node();
            assertThat(magpie("kill", dying).status()).isZero();
            first.person().awaitClosed();
            assertThat(other.person().say(conversation, "still there?")).isEqualTo(3);
            try (var again = Guest.through(ada, "/ws", "")) {
                assertThat(again.node()).isNotEqualTo(dying);
                assertThat(again.person().history(conversation, 0)).hasSize(3);
                assertThat(again.person().say(conversation, "yes")).isEqualTo(4);
                other.person().awaitEntry(conversation, 4);
            }
        }
        assertThat(magpie("add", dying).text()).endsWith("%s is up%n".formatted(dying));
    }

    /// Somebody on another node, through nginx where it can be.
    private static Guest elsewhere(Account who, String node, String balance) throws IOException {
        var through = Guest.through(who, "/ws", "");
        if (balance.equals("ip-hash")) {
            assertThat(through.node())
                    .as("everybody here comes from one address")
                    .isEqualTo(node);
            through.close();
            FleetNode other = fleet().nodes().stream()
                    .filter(one -> !one.id().equals(node) && one.pid() > 0)
                    .findFirst()
                    .orElseThrow();
            return Guest.at(other.webSocket(), who, "/ws", "");
        }
        if (balance.equals("least-conn")) {
            assertThat(through.node()).as("the node with fewer connections").isNotEqualTo(node);
        }
        for (int user = 1; through.node().equals(node); user++) {
            assertThat(user).as("a user of another node than " + node).isLessThan(100);
            through.close();
            through = Guest.through(who, "/ws?user=" + user, "");
        }
        return through;
    }

    @Test
    void theHashByUserSendsAUserToOneNode() throws Exception {
        assertThat(magpie("up", "--detach", "--nginx", "user-hash").status()).isZero();
        var ada = Account.registered("ada");
        HttpResponse<String> gateway = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(front.resolve("/api/v1/gateway"))
                                .header("Authorization", "Bearer " + ada.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(gateway.body()).contains("\"websocket\":\"ws://" + front.getAuthority() + "/ws\"");
        assertThat(gateway.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("magpie_user=" + ada.id() + ";");

        var nodes = new ArrayList<String>();
        for (String known : List.of("", "Cookie: magpie_user=" + ada.id(), "Authorization: Bearer " + ada.token())) {
            for (int i = 0; i < 3; i++) {
                String path = known.isEmpty() ? "/ws?user=" + ada.id() : "/ws";
                try (var guest = Guest.through(ada, path, known.isEmpty() ? "" : known + "\r\n")) {
                    nodes.add(guest.node());
                }
            }
        }
        assertThat(nodes).hasSize(9);
        assertThat(nodes.stream().distinct()).hasSize(1);
        try (var other = elsewhere(ada, nodes.getFirst(), "user-hash")) {
            assertThat(other.node()).isNotEqualTo(nodes.getFirst());
        }
    }

    @Test
    void nodesComeAndGo() throws Exception {
        Said well = magpie("status");
        for (Instant until = Instant.now().plus(Person.PATIENCE); well.status() != 0; well = magpie("status")) {
            assertThat(Instant.now()).as(well.text()).isBefore(until);
        }
        assertThat(well.text()).contains("node-1   up", "node-2   up", "redis up · mariadb up · nginx up");

        FleetNode leaving = fleet().node("node-2");
        try (var guest = Guest.at(leaving.webSocket(), Account.registered("guest"), "/ws", "")) {
            assertThat(magpie("drain", "node-2").text()).endsWith("node-2 is drained%n".formatted());
            var bye = guest.person().await(push -> Guests.is(push, "bye"), "bye");
            assertThat(bye.path("reason").asString()).isEqualTo("draining");
            assertThat(bye.path("url").asString()).isEqualTo("ws://" + front.getAuthority() + "/ws");
        }
        Said less = magpie("status");
        assertThat(less.status()).isOne();
        assertThat(less.text()).contains("node-2   down");
        assertThat(magpie("kill", "node-2")).isEqualTo(wrong("node: node-2 is down (expected: one that runs)"));
        assertThat(magpie("add", "node-1"))
                .isEqualTo(wrong("node: node-1 runs (expected: one that is down, or no name for a new one)"));

        // The next one up: the people of the other tests need two.
        assertThat(magpie("add").text()).endsWith("node-3 is up%n".formatted());
        assertThat(fleet().node("node-3").pid()).isPositive();
    }

    private static Said wrong(String sentence) {
        return new Said(2, "magpie: %s%n".formatted(sentence));
    }

    /// @param token of the laptop
    private record Account(String name, long id, String token) {
        private static final String PASSWORD = "correct horse";

        static Account registered(String name) {
            String unique = name + NUMBER.incrementAndGet();
            var made = api().post("/api/v1/accounts", "username", unique, "password", PASSWORD)
                    .expect(201);
            return new Account(unique, made.body().path("userId").asLong(), loggedIn(unique, "laptop"));
        }

        private static Api api() {
            return new Api(Address.parse(front.getAuthority()), null);
        }

        String loggedIn(String device) {
            return loggedIn(name, device);
        }

        private static String loggedIn(String name, String device) {
            return api().post(
                            "/api/v1/sessions",
                            "username",
                            name,
                            "password",
                            PASSWORD,
                            "device",
                            Map.of("id", device, "platform", "linux"))
                    .expect(201)
                    .body()
                    .path("token")
                    .asString();
        }
    }

    /// Somebody connected, and the node behind.
    private record Guest(Person person, String node) implements AutoCloseable {
        static Guest through(Account who, String path, String headers) throws IOException {
            return at(front, who, path, headers);
        }

        static Guest at(URI door, Account who, String path, String headers) throws IOException {
            var wire = Wire.opened(Address.parse(door.getAuthority()), path, headers);
            var person = Person.over(wire, _ -> {});
            var welcome = person.hello(who.token(), "laptop");
            return new Guest(person, welcome.path("node").asString());
        }

        @Override
        public void close() {
            person.close();
        }
    }
}
