package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What can be known of `deploy/compose.yaml` without Docker: nodes start with these settings, everything it names is
/// there, and what it downloads is a version.
class ComposeTest {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    private static final Pattern PINNED = Pattern.compile("[a-z-]+:\\d+\\.\\d+[\\w.-]*");

    @TempDir
    Path directory = Path.of("");

    private static Map<?, ?> compose() throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return yaml.load(Files.readString(DEPLOY.resolve("compose.yaml")));
    }

    private static Map<String, Map<?, ?>> services() throws IOException {
        Map<String, Map<?, ?>> services = new TreeMap<>();
        map(compose().get("services")).forEach((name, service) -> services.put((String) name, map(service)));
        return services;
    }

    private static Map<?, ?> service(String name) throws IOException {
        return map(services().get(name));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    @Test
    void nodesTakeTheirSettings() throws IOException {
        Map<String, Settings> nodes = new TreeMap<>();
        for (var service : services().entrySet()) {
            if (service.getKey().startsWith("node-")) {
                Map<String, String> environment = new HashMap<>();
                map(service.getValue().get("environment"))
                        .forEach((name, value) -> environment.put(
                                (String) name, VARIABLE.matcher((String) value).replaceAll("$1")));
                nodes.put(service.getKey(), new SettingsLoader(environment, directory).load(CommandLine.parse()));
            }
        }
        String nginx = nginxAddress();
        assertThat(nodes).containsOnlyKeys("node-1", "node-2", "node-3").allSatisfy((name, settings) -> {
            assertThat(settings.node().id()).isEqualTo(name);
            assertThat(settings.store()).isEqualTo(Settings.StoreKind.MYSQL);
            assertThat(settings.bus()).isEqualTo(Settings.BusKind.REDIS);
            assertThat(settings.http().trustedProxies()).containsExactly(nginx);
        });
    }

    private static String nginxAddress() throws IOException {
        var networks = map(service("nginx").get("networks"));
        return (String) Objects.requireNonNull(map(networks.get("default")).get("ipv4_address"));
    }

    @Test
    void everythingItNamesIsThere() throws IOException {
        List<Object> volumes = new ArrayList<>(map(compose().get("volumes")).keySet());
        for (Map<?, ?> service : services().values()) {
            if (service.get("build") instanceof Map<?, ?> build) {
                Path context = DEPLOY.resolve((String) build.get("context"));
                assertThat(context.resolve((String) build.get("dockerfile"))).isRegularFile();
            }
            if (service.get("volumes") instanceof List<?> mounts) {
                for (Object mount : mounts) {
                    String from = ((String) mount).split(":", -1)[0];
                    assertThat(volumes.contains(from) || Files.exists(DEPLOY.resolve(from)))
                            .as("%s", mount)
                            .isTrue();
                }
            }
            Object before = service.get("depends_on");
            var names = before instanceof List<?> plain
                    ? plain
                    : before == null ? List.of() : map(before).keySet();
            assertThat(services().keySet())
                    .containsAll(names.stream().map(String.class::cast).toList());
        }
        assertThat(Files.readString(DEPLOY.resolve("nginx/least-conn.conf")))
                .contains("server node-1:8080", "server node-2:8081", "server node-3:8082", "listen 80;");
        assertThat(list(service("nginx").get("ports"))).allMatch(port -> ((String) port).startsWith("127.0.0.1:"));
    }

    @Test
    void imagesArePinned() throws IOException {
        List<String> images = new ArrayList<>();
        services().values().stream()
                .filter(service -> !service.containsKey("build"))
                .forEach(service -> images.add((String) service.get("image")));
        for (String file : List.of("Dockerfile", "nginx/Dockerfile")) {
            Files.readAllLines(DEPLOY.resolve(file)).stream()
                    .filter(line -> line.startsWith("FROM "))
                    .forEach(line -> images.add(line.split(" ", -1)[1]));
        }
        assertThat(images).hasSize(6).allMatch(image -> PINNED.matcher(image).matches());
    }
}
