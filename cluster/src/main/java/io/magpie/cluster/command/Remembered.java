package io.magpie.cluster.command;

import io.magpie.cluster.PrivateProperties;
import java.nio.file.Path;
import java.security.SecureRandom;
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
        new PrivateProperties(folder.resolve(FILE)).write(all);
    }

    static Optional<Remembered> read(Path folder) {
        return new PrivateProperties(folder.resolve(FILE))
                .read()
                .map(all -> new Remembered(
                        Balance.of(all.getProperty("nginx")),
                        all.getProperty("key"),
                        all.getProperty("secret"),
                        PrivateProperties.lines(all.getProperty("settings"))));
    }
}
