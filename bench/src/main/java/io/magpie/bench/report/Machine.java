package io.magpie.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a run was measured on.
///
/// @param load the load average of the last minute before the run: what is not near 0 makes figures worthless
public record Machine(int cores, String processor, String memory, String kernel, String jdk, double load) {
    /// This one, now.
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                after(lines("/proc/cpuinfo"), "model name"),
                gibibytes(after(lines("/proc/meminfo"), "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                load(lines("/proc/loadavg")));
    }

    private static List<String> lines(String path) {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (IOException e) {
            return List.of();
        }
    }

    static String after(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    static String gibibytes(String kilobytes) {
        String digits = kilobytes.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? "unknown" : Math.round(Long.parseLong(digits) / 1024.0 / 1024.0) + " GiB";
    }

    private static double load(List<String> lines) {
        return lines.isEmpty() ? 0 : Double.parseDouble(lines.getFirst().split(" ", 2)[0]);
    }
}
