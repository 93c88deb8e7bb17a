package io.magpie.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The stock JavaScript clients of `src/test/node`, installed under `target` as their lock file says. Needs Node 20
/// and npm on the PATH.
public final class NodePackages {
    private static final Path SOURCE = Path.of("src", "test", "node").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target", "node").toAbsolutePath();
    private static final int INSTALL_MINUTES = 10;

    private NodePackages() {}

    /// A script of `src/test/node` beside the packages and scripts it imports. Installs the packages if they are not
    /// those of the lock file.
    public static synchronized Path script(String name) {
        try {
            Files.createDirectories(INSTALLED);
            Path lock = INSTALLED.resolve("package-lock.json");
            Path done = INSTALLED.resolve("installed");
            boolean fresh = Files.exists(done) && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) == -1;
            if (!fresh) {
                Files.deleteIfExists(done);
                for (String file : List.of("package.json", "package-lock.json")) {
                    copy(file);
                }
                install();
                Files.createFile(done);
            }
            try (var scripts = Files.newDirectoryStream(SOURCE, "*.mjs")) {
                for (Path script : scripts) {
                    copy(script.getFileName().toString());
                }
            }
            return INSTALLED.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String file) throws IOException {
        Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void install() throws IOException {
        Path log = INSTALLED.resolve("install.log");
        var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm ci failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
