package io.magpie.bench.target;

import io.magpie.bench.load.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a process of this machine has used: from Linux's `/proc`, and of a JVM from the JDK's own tools. Of one that is
/// dead nothing is known.
public final class ProcessUsage implements Usage {
    /// Linux tells times to programs in this unit on every platform Java runs on.
    private static final double TICKS_PER_SECOND = 100;

    private static final List<String> SPACES = List.of("S0U", "S1U", "EU", "OU");

    private final long pid;
    private final boolean jvm;
    private final Path directory;

    public ProcessUsage(long pid, boolean jvm) {
        this.pid = pid;
        this.jvm = jvm;
        this.directory = Path.of("/proc", Long.toString(pid));
    }

    @Override
    public double cpuSeconds() {
        try {
            return cpuSeconds(Files.readString(directory.resolve("stat")));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public double residentBytes() {
        try {
            return residentBytes(Files.readAllLines(directory.resolve("status")));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public double gcSeconds() {
        return jvm ? heap().getOrDefault("GCT", Double.NaN) : Double.NaN;
    }

    @Override
    public double liveHeapBytes() {
        if (!jvm) {
            return Double.NaN;
        }
        var _ = tool("jcmd", Long.toString(pid), "GC.run");
        Map<String, Double> heap = heap();
        return SPACES.stream()
                        .mapToDouble(space -> heap.getOrDefault(space, 0.0))
                        .sum()
                * 1024;
    }

    private Map<String, Double> heap() {
        return columns(tool("jstat", "-gc", Long.toString(pid)));
    }

    /// A row of names and a row of numbers; what is not measured stands as `-`.
    static Map<String, Double> columns(List<String> rows) {
        Map<String, Double> columns = new HashMap<>();
        if (rows.size() < 2) {
            return columns;
        }
        String[] names = rows.getFirst().strip().split("\\s+", -1);
        String[] values = rows.get(1).strip().split("\\s+", -1);
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            if (!values[i].equals("-")) {
                columns.put(names[i], Double.parseDouble(values[i].replace(',', '.')));
            }
        }
        return columns;
    }

    private static List<String> tool(String name, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var out = process.inputReader(StandardCharsets.UTF_8)) {
                return out.lines().toList();
            }
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The name of the program may hold blanks and brackets, so columns count from its closing one.
    static double cpuSeconds(String stat) {
        String[] columns = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(columns[11]) + Long.parseLong(columns[12])) / TICKS_PER_SECOND;
    }

    static double residentBytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
