package io.magpie.bench.target;

import io.magpie.bench.dialect.XmppDialect;
import io.magpie.bench.load.Subject;
import io.magpie.bench.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// ejabberd with its archive on, as Debian packs it, in a process with folders and ports of its own. It is no node of
/// any Erlang network, so it needs no epmd and leaves none behind.
final class Ejabberd implements Server {
    private static final int READY_SECONDS = 120;
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Thread atExit;
    private final int port;
    private final int apiPort;
    private int registered;

    private Ejabberd(Process process, int port, int apiPort) {
        this.process = process;
        this.port = port;
        this.apiPort = apiPort;
        this.atExit = new Thread(process::destroyForcibly, "stop-ejabberd");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Server start(Path folder, Say say) throws InterruptedException {
        try {
            Path code = installed(say);
            Files.createDirectories(folder);
            int port = freePort();
            int apiPort = freePort();
            Files.writeString(folder.resolve("ejabberd.yml"), configuration(port, apiPort));
            ProcessBuilder builder = new ProcessBuilder(command(folder, code))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment()
                    .put("EJABBERD_CONFIG_PATH", folder.resolve("ejabberd.yml").toString());
            builder.environment()
                    .put("EJABBERD_LOG_PATH", folder.resolve("ejabberd.log").toString());
            Ejabberd server = new Ejabberd(builder.start(), port, apiPort);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of its code; installs the package where that may be.
    private static Path installed(Say say) throws IOException, InterruptedException {
        if (find().isEmpty()) {
            String expected = "the Debian package ejabberd: apt-get install ejabberd";
            if (!System.getProperty("user.name").equals("root") || !Files.exists(Path.of("/usr/bin/apt-get"))) {
                throw new IllegalStateException("ejabberd: not installed (expected: " + expected + ")");
            }
            say.line("installing ejabberd: apt-get install ejabberd");
            Map<String, String> quiet = Map.of("DEBIAN_FRONTEND", "noninteractive");
            Path here = Path.of("/");
            Commands.run(here, List.of("apt-get", "update"), quiet, expected);
            Commands.run(
                    here, List.of("apt-get", "install", "-y", "--no-install-recommends", "ejabberd"), quiet, expected);
        }
        return find().getFirst();
    }

    private static List<Path> find() throws IOException {
        try (Stream<Path> found = Files.find(
                LIBRARIES,
                3,
                (path, _) -> path.endsWith("ebin") && path.toString().contains("/ejabberd-"))) {
            return found.sorted().toList();
        }
    }

    private static List<String> command(Path folder, Path code) {
        return List.of(
                "erl",
                "-noinput",
                "+K",
                "true",
                "+P",
                "250000",
                "-pa",
                code.toString(),
                "-mnesia",
                "dir",
                "\"" + folder.resolve("mnesia") + "\"",
                "-s",
                "ejabberd");
    }

    /// No shaper, no TLS, plain passwords: what would slow it down for reasons of its own is off. What is on is
    /// what it is compared for: the archive, of every message, and messages for those who are away.
    private static String configuration(int port, int apiPort) {
        return """
                hosts: [localhost]
                loglevel: error
                auth_method: internal
                auth_password_format: plain
                listen:
                  - {port: %d, ip: "127.0.0.1", module: ejabberd_c2s, access: all, shaper: none, backlog: 4096}
                  - {port: %d, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {/api: mod_http_api}}
                api_permissions:
                  bench: {from: mod_http_api, who: all, what: [register, status]}
                modules:
                  mod_mam: {db_type: mnesia, default: always}
                  mod_offline: {db_type: mnesia, access_max_user_messages: unlimited_messages}
                  mod_stream_mgmt: {max_ack_queue: 100000}
                  mod_muc: {max_users: 5000, history_size: 0, default_room_options: {max_users: 5000, presence_broadcast: []}}
                  mod_ping: {}
                shaper_rules:
                  unlimited_messages: {infinity: all}
                """.formatted(port, apiPort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws InterruptedException {
        for (int tenths = 0; tenths < READY_SECONDS * 10; tenths++) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ejabberd ended with status " + process.exitValue());
            }
            try {
                if (call("status", "{}").statusCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        close();
        throw new IllegalStateException("ejabberd did not get ready within " + READY_SECONDS + " s");
    }

    private HttpResponse<String> call(String name, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + "/api/" + name))
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private synchronized void register(int users) {
        try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
            for (; registered < users; registered++) {
                String user = XmppDialect.name(registered);
                var _ = workers.submit(() -> call(
                        "register",
                        "{\"user\":\"" + user + "\",\"host\":\"" + XmppDialect.HOST + "\",\"password\":\""
                                + XmppDialect.PASSWORD + "\"}"));
            }
        }
    }

    @Override
    public String name() {
        return Reference.EJABBERD;
    }

    @Override
    public Subject subject(int round) {
        Endpoint endpoint = new Endpoint("127.0.0.1", port, Endpoint.Form.XML, "");
        XmppDialect dialect = new XmppDialect(this::register, Integer.toString(round));
        return new Subject(name(), endpoint, dialect, new ProcessUsage(process.pid(), false));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
