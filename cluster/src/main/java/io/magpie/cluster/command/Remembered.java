package io.magpie.cluster.command;

import io.magpie.engines.EngineFailure;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// What a cluster's folder knows beside the fleet's own plan.
///
/// @param key that opens the nodes' API for these commands
/// @param secret of the JWTs that nodes accept
/// @param settings the operator's, as `key=value`
record Remembered(Balance balance, String key, String secret, List<String> settings) {
    private static final String FILE = "cluster.properties";

    static Remembered fresh() {
        return new Remembered(Balance.LEAST_CONN, random(), random(), List.of());
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Remembered with(Balance other) {
        return new Remembered(other, key, secret, settings);
    }

    Remembered with(List<String> others) {
        return new Remembered(balance, key, secret, others);
    }

    void write(Path folder) {
        var all = new Properties();
        all.setProperty("nginx", balance.id());
        all.setProperty("key", key);
        all.setProperty("secret", secret);
        all.setProperty("settings", String.join("\n", settings));
        var text = new StringWriter();
        try {
            all.store(text, null);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), text.toString());
            Files.setPosixFilePermissions(folder.resolve(FILE), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new EngineFailure("cannot write " + folder.resolve(FILE), e);
        }
    }

    static Optional<Remembered> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var all = new Properties();
        try {
            all.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new EngineFailure("cannot read " + file, e);
        }
        List<String> settings = Arrays.stream(all.getProperty("settings").split("\n", -1))
                .filter(line -> !line.isEmpty())
                .toList();
        return Optional.of(new Remembered(
                Balance.of(all.getProperty("nginx")), all.getProperty("key"), all.getProperty("secret"), settings));
    }
}
