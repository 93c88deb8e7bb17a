package io.magpie.bench.target;

import io.magpie.bench.load.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process of this machine has used, from Linux's `/proc`.
public final class ProcessUsage implements Usage {
    /// Linux tells times to programs in this unit on every platform Java runs on.
    private static final double TICKS_PER_SECOND = 100;

    private final Path directory;

    public ProcessUsage(long pid) {
        this.directory = Path.of("/proc", Long.toString(pid));
    }

    @Override
    public double cpuSeconds() {
        try {
            return cpuSeconds(Files.readString(directory.resolve("stat")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long residentBytes() {
        try {
            return residentBytes(Files.readAllLines(directory.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The name of the program may hold blanks and brackets, so columns count from its closing one.
    static double cpuSeconds(String stat) {
        String[] columns = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(columns[11]) + Long.parseLong(columns[12])) / TICKS_PER_SECOND;
    }

    static long residentBytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
