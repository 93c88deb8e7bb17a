package io.magpie.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NginxTextTest {
    private static final Path CONFIGURATIONS = Path.of("..", "deploy", "nginx");

    /// All that an operator would change is changed, and nothing else.
    @ParameterizedTest
    @EnumSource
    void aConfigurationRunsWithNodesAndPortsOfThisMachine(Balance balance) throws Exception {
        String file = Files.readString(CONFIGURATIONS.resolve(balance.id() + ".conf"));
        var text = new NginxText(
                Path.of("/c/nginx"), 20_004, 20_012, true, List.of(upstream(1, false), upstream(2, true)));

        String rendered = text.of(file);

        assertThat(rendered)
                .contains("listen 127.0.0.1:20004;", "listen 127.0.0.1:20012;", "pid /c/nginx/nginx-own.pid;")
                .contains("server 127.0.0.1:8101 max_fails=1 fail_timeout=5s;")
                .contains("server 127.0.0.1:8102 max_fails=1 fail_timeout=5s down;")
                .contains("server 127.0.0.1:8201 max_fails=1 fail_timeout=5s;")
                .contains("server 127.0.0.1:8302 max_fails=1 fail_timeout=5s down;")
                .doesNotContain("server node-", "listen 80;", "/var/", "/run/", "www-data");
        assertThat(kept(rendered)).isEqualTo(kept(file)).hasSizeGreaterThan(60);
    }

    private static NginxText.Upstream upstream(int number, boolean away) {
        return new NginxText.Upstream(
                URI.create("http://127.0.0.1:810" + number),
                URI.create("ws://127.0.0.1:820" + number + "/ws"),
                URI.create("tcp://127.0.0.1:830" + number),
                away);
    }

    private static List<String> kept(String configuration) {
        return configuration
                .lines()
                .filter(
                        line -> !line.strip()
                                .matches(
                                        "(server [^{]|listen |user |worker_processes |worker_rlimit_nofile |pid |error_log |daemon ).*"))
                .filter(line -> !line.contains("_temp_path ") && !line.isEmpty())
                .toList();
    }
}
