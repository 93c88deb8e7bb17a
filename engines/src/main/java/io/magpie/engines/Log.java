package io.magpie.engines;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what a process wrote since it started.
public final class Log {
    private static final int TAIL = 12;

    private Log() {}

    public static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new EngineFailure("cannot read " + log, e);
        }
    }

    public static String since(Path log, long from) {
        if (!Files.exists(log)) {
            return "";
        }
        try (var file = Files.newByteChannel(log)) {
            file.position(from);
            return new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EngineFailure("cannot read " + log, e);
        }
    }

    /// The last lines, each indented.
    public static String tail(Path log, long from) {
        var lines = since(log, from).lines().filter(line -> !line.isBlank()).toList();
        return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
