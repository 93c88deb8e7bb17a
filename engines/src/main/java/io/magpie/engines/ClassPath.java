package io.magpie.engines;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/// An engine written in Java: the jars that its pom beside this class names, in Maven's local repository.
///
/// Maven is asked once; the answer is kept in the user's cache (`~/.cache/magpie`, or what `XDG_CACHE_HOME` says)
/// as long as the pom stays the same and the jars are there, so later starts need neither Maven nor a network.
record ClassPath(String engine) implements Software {
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

    @Override
    public void install() {
        jars();
    }

    /// As `java -cp` takes it.
    String jars() {
        byte[] pom = pom();
        Path cache = cache();
        var checksum = new CRC32();
        checksum.update(pom);
        Path file = cache.resolve(
                "%s-%s.classpath".formatted(engine, HexFormat.of().toHexDigits((int) checksum.getValue())));
        try {
            if (isWhole(file)) {
                return Files.readString(file);
            }
            Files.createDirectories(cache);
            // Several test JVMs may come here at once, and Maven's repository is not made for that.
            try (var channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!isWhole(file)) {
                    resolve(pom, file);
                }
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new EngineFailure(engine + ": cannot keep its class path in " + cache, e);
        }
    }

    private void resolve(byte[] pom, Path file) throws IOException {
        if (!Processes.isOnPath("mvn")) {
            throw new EngineFailure(
                    engine + ": Maven (mvn) is not on the PATH and brings its jars (Debian: apt install maven)");
        }
        Path folder = Files.createTempDirectory("magpie-" + engine + "-");
        Path log = folder.resolve("maven.log");
        Path result = folder.resolve("class.path");
        Files.write(folder.resolve("pom.xml"), pom);
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "-q",
                "-B",
                "-ntp",
                "-f",
                folder.resolve("pom.xml").toString(),
                GOAL,
                "-Dmdep.outputFile=" + result));
        String repository = System.getProperty("maven.repo.local", "");
        if (!repository.isEmpty()) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        int status = Processes.run(command, "", log);
        if (status != 0) {
            throw new EngineFailure("%s: its jars cannot be had, %s ended with %d%n%s"
                    .formatted(engine, String.join(" ", command), status, Log.tail(log, 0)));
        }
        Files.copy(result, file, StandardCopyOption.REPLACE_EXISTING);
        for (Path each : List.of(log, result, folder.resolve("pom.xml"), folder)) {
            Files.delete(each);
        }
    }

    private static boolean isWhole(Path file) throws IOException {
        return Files.exists(file)
                && Arrays.stream(Files.readString(file).split(File.pathSeparator, -1))
                        .allMatch(jar -> Files.exists(Path.of(jar)));
    }

    private byte[] pom() {
        try (InputStream file = ClassPath.class.getResourceAsStream(engine + ".pom.xml")) {
            if (file == null) {
                throw new IllegalStateException(engine + ".pom.xml is not in the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new EngineFailure("cannot read " + engine + ".pom.xml", e);
        }
    }

    private static Path cache() {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg)).resolve("magpie");
    }
}
