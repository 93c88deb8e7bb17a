package io.magpie.bench.target;

import io.magpie.bench.reference.RelayMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// The relay on Node's socket.io. Its packages are fetched from npm on first use, as the lock file pins them, into
/// the user's cache.
final class NodeRelay {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "relay.cjs");

    private NodeRelay() {}

    /// Blocks until it could be started.
    static List<String> command(Say say) throws InterruptedException {
        try {
            Path folder = cache().resolve("magpie").resolve("bench-socketio");
            boolean fresh = copy(folder);
            if (fresh || !Files.isDirectory(folder.resolve("node_modules"))) {
                say.line("fetching socket.io from npm into " + folder);
                Commands.run(
                        folder, List.of("npm", "ci", "--no-audit", "--no-fund"), "Node 20 with npm, and a network");
            }
            return List.of("node", folder.resolve("relay.cjs").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    }

    /// Whether the packages asked for are others than before.
    private static boolean copy(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean changed = false;
        for (String name : FILES) {
            Path target = folder.resolve(name);
            try (InputStream in = RelayMain.class.getResourceAsStream("socketio/" + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is not among our own files");
                }
                Path fresh = folder.resolve(name + ".new");
                Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
                changed |= !Files.exists(target) || Files.mismatch(fresh, target) >= 0;
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return changed;
    }
}
