package io.magpie.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where an engine's programs come from.
interface Software {
    void install();

    /// A Debian package, looked up in `debian.txt`.
    record Debian(String engine) implements Software {
        private static final int FIRST_PACKAGE = 2;

        @Override
        public void install() {
            lines().forEach(this::install);
        }

        private void install(List<String> line) {
            Path file = Path.of(line.get(1));
            if (Files.exists(file)) {
                return;
            }
            List<String> packages = line.subList(FIRST_PACKAGE, line.size());
            String said = Setup.isRoot() && Processes.isOnPath("apt-get") ? apt(packages) : "";
            if (!Files.exists(file)) {
                throw new EngineFailure(
                        "%s is not installed: there is no %s (Debian: apt install --no-install-recommends %s)%s"
                                .formatted(engine, file, String.join(" ", packages), said));
            }
        }

        /// The last lines of what it said.
        private static String apt(List<String> packages) {
            List<String> install = new ArrayList<>(List.of(
                    "env",
                    "DEBIAN_FRONTEND=noninteractive",
                    "apt-get",
                    "install",
                    "-y",
                    "--no-install-recommends",
                    "-o",
                    "DPkg::Lock::Timeout=300"));
            install.addAll(packages);
            try {
                Path log = Files.createTempFile("magpie-apt-", ".log");
                if (Processes.run(install, "", log) != 0) {
                    // Package lists that are old or absent are the usual reason.
                    Processes.run(List.of("apt-get", "update"), "", log);
                    Processes.run(install, "", log);
                }
                String said = "%n%s".formatted(Log.tail(log, 0));
                Files.delete(log);
                return said;
            } catch (IOException e) {
                throw new EngineFailure("no temporary file", e);
            }
        }

        private List<List<String>> lines() {
            try (InputStream file = Software.class.getResourceAsStream("debian.txt")) {
                if (file == null) {
                    throw new IllegalStateException("debian.txt is not in the jar");
                }
                return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> List.of(line.split(" +", -1)))
                        .filter(words -> words.getFirst().equals(engine))
                        .toList();
            } catch (IOException e) {
                throw new EngineFailure("cannot read debian.txt", e);
            }
        }
    }
}
