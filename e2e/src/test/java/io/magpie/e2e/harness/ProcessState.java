package io.magpie.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a server process holds on to when nobody wants anything from it.
///
/// @param heapBytes in use after a full collection
public record ProcessState(long heapBytes, int files, int threads) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern CONNECTIONS = Pattern.compile("(?m)^magpie_connections(?:\\{[^}]*})? ([0-9.E]+)");

    /// Once no more than `most` connections are open.
    public static ProcessState settled(Node node, int most) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (connections(node) > most) {
            assertThat(Instant.now()).as("connections close").isBefore(until);
            Thread.sleep(100);
        }
        return of(node.pid());
    }

    /// How many are open.
    public static int connections(Node node) {
        var matcher = CONNECTIONS.matcher(node.api(node.token("metrics")).text("/metrics"));
        assertThat(matcher.find()).as("/metrics names connections").isTrue();
        return (int) Double.parseDouble(matcher.group(1));
    }

    private static ProcessState of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        // The first collection queues what has to be finalised, the second takes it.
        jcmd(pid, "GC.run");
        long heap = USED.matcher(jcmd(pid, "GC.heap_info")
                        .lines()
                        .filter(line -> line.contains(" total ") && !line.contains("class"))
                        .reduce("", (one, other) -> one + "\n" + other))
                .results()
                .map(MatchResult::group)
                .mapToLong(used -> Long.parseLong(used.replaceAll("\\D", "")))
                .sum();
        assertThat(heap).isPositive();
        return new ProcessState(heap << 10, count(pid, "fd"), count(pid, "task"));
    }

    private static int count(long pid, String what) throws IOException {
        try (var entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
            return (int) entries.count();
        }
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
