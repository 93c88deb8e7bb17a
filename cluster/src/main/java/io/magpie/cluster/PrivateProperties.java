package io.magpie.cluster;

import io.magpie.engines.EngineFailure;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// Properties in a file that only its owner may read, as there are secrets in it.
public record PrivateProperties(Path file) {
    /// @throws EngineFailure if it cannot be written
    public void write(Properties all) {
        var text = new StringWriter();
        try {
            all.store(text, null);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text.toString());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new EngineFailure("cannot write " + file, e);
        }
    }

    /// Empty without the file.
    ///
    /// @throws EngineFailure if it cannot be read
    public Optional<Properties> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var all = new Properties();
        try {
            all.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new EngineFailure("cannot read " + file, e);
        }
        return Optional.of(all);
    }

    /// A property of several lines, without empty ones.
    public static List<String> lines(String property) {
        return Arrays.stream(property.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
