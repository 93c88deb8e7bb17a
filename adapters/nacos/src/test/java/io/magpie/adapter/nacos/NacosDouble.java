package io.magpie.adapter.nacos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What Nacos's manual says of its HTTP API for clients, version 3, and of ephemeral instances: registered they are
/// healthy, renewed by a registration that says `heartBeat`, unhealthy after `preserved.heart.beat.timeout` and gone
/// after `preserved.ip.delete.timeout`, as seen every five seconds; a renewal of one that is not known answers 21003.
/// All are forgotten when the server restarts.
final class NacosDouble implements AutoCloseable {
    static final String USER = "magpie";
    static final String PASSWORD = "secret";

    private static final String TOKEN = "token-1";
    private static final long LOOK_MS = 5_000;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, Instance> instances = new ConcurrentHashMap<>();
    private final boolean closedToStrangers;
    private final int port;
    private HttpServer server;

    private record Instance(Map<String, String> form, Map<String, Object> metadata, long renewed, boolean healthy) {
        Instance renewedAt(long now) {
            return new Instance(form, metadata, now, true);
        }

        boolean silentFor(String limit, long now) {
            return now - renewed > Long.parseLong(String.valueOf(metadata.get(limit)));
        }
    }

    NacosDouble(boolean closedToStrangers) throws IOException {
        this.closedToStrangers = closedToStrangers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        serve();
        Thread.ofVirtual().start(this::lookNowAndThen);
    }

    int port() {
        return port;
    }

    void stop() {
        server.stop(0);
        instances.clear();
    }

    void startAgain() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve() {
        server.createContext("/nacos/v3/client/ns/instance", this::instance);
        server.createContext("/nacos/v3/client/ns/instance/list", this::list);
        server.createContext("/nacos/v3/auth/user/login", this::login);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void instance(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        String key =
                String.join("#", form.get("ip"), form.get("port"), form.get("clusterName"), form.get("serviceName"));
        long now = System.currentTimeMillis();
        if (isStranger(exchange)) {
            answer(exchange, 403, Map.of("code", 403, "message", "access denied"));
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            instances.remove(key);
            answer(exchange, 200, success("ok"));
        } else if (!Boolean.parseBoolean(form.getOrDefault("heartBeat", "false"))) {
            instances.put(key, new Instance(form, metadata(form), now, true));
            answer(exchange, 200, success("ok"));
        } else if (instances.computeIfPresent(key, (_, there) -> there.renewedAt(now)) == null) {
            answer(exchange, 200, Map.of("code", 21003, "message", "instance not found"));
        } else {
            answer(exchange, 200, success("ok"));
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        if (isStranger(exchange)) {
            answer(exchange, 403, Map.of("code", 403, "message", "access denied"));
            return;
        }
        String name = form(exchange).getOrDefault("serviceName", "");
        List<Map<String, Object>> hosts = instances.values().stream()
                .filter(instance -> name.equals(instance.form().get("serviceName")))
                .map(instance -> Map.of(
                        "ip", instance.form().get("ip"),
                        "port", Integer.parseInt(instance.form().get("port")),
                        "healthy", instance.healthy(),
                        "enabled", true,
                        "ephemeral", true,
                        "metadata", instance.metadata()))
                .toList();
        answer(exchange, 200, success(hosts));
    }

    private void login(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        if (USER.equals(form.get("username")) && PASSWORD.equals(form.get("password"))) {
            answer(exchange, 200, Map.of("accessToken", TOKEN, "tokenTtl", 18_000));
        } else {
            answer(exchange, 403, Map.of("code", 403, "message", "unknown user!"));
        }
    }

    private boolean isStranger(HttpExchange exchange) {
        return closedToStrangers && !TOKEN.equals(exchange.getRequestHeaders().getFirst("accessToken"));
    }

    private void lookNowAndThen() {
        try {
            while (true) {
                Thread.sleep(LOOK_MS);
                long now = System.currentTimeMillis();
                instances.values().removeIf(each -> each.silentFor("preserved.ip.delete.timeout", now));
                instances.replaceAll((_, each) -> each.silentFor("preserved.heart.beat.timeout", now)
                        ? new Instance(each.form(), each.metadata(), each.renewed(), false)
                        : each);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> metadata(Map<String, String> form) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        json.readTree(form.get("metadata"))
                .properties()
                .forEach(each -> metadata.put(each.getKey(), each.getValue().asString()));
        return metadata;
    }

    private static Map<String, Object> success(Object data) {
        return Map.of("code", 0, "message", "success", "data", data);
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        String text = query == null ? new String(exchange.getRequestBody().readAllBytes(), UTF_8) : query;
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
