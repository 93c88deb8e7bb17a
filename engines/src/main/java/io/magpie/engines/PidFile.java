package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Remembers a process across JVMs: its id and when it began, since ids come again.
public final class PidFile {
    private PidFile() {}

    public static void write(Path file, ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + "\n" + began(process) + "\n");
        } catch (IOException e) {
            throw new EngineFailure("cannot write " + file, e);
        }
    }

    public static Optional<ProcessHandle> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> lines.size() > 1 && began(process).equals(lines.get(1)));
        } catch (IOException | NumberFormatException e) {
            throw new EngineFailure(file + " is not readable (expected: a process id)", e);
        }
    }

    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EngineFailure("cannot delete " + file, e);
        }
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
