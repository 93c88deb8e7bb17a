package io.magpie.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that can be started again and again, to see how long that takes.
///
/// @param command prints a `ready` line; a word `{data}` in it is replaced by a new folder each time
public record Startup(String name, List<String> command) {
    private static final int READY_SECONDS = 120;
    private static final String DATA = "{data}";
    private static final String SPRING_BOOT = "spring-boot";

    /// @param cpuSeconds used until then
    public record Timing(double seconds, double cpuSeconds, double residentBytes) {}

    /// Starts it and stops it again.
    public Timing once(Path work) throws InterruptedException {
        try {
            Path data = Files.createTempDirectory(work, "start");
            List<String> words = command.stream()
                    .map(word -> word.replace(DATA, data.toString()))
                    .toList();
            long begin = System.nanoTime();
            try (Child child = Child.start(name, words, null, work.resolve(name + ".log"), READY_SECONDS)) {
                double seconds = (System.nanoTime() - begin) / 1e9;
                ProcessUsage usage = new ProcessUsage(child.pid(), true);
                return new Timing(seconds, usage.cpuSeconds(), usage.residentBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The very Java command that the launcher has started once: what the launcher itself does before is its own.
    public static Startup magpie(MagpieProcess process, Path data) throws InterruptedException, IOException {
        try (Magpie _ = process.start()) {
            String line =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8);
            List<String> words = new ArrayList<>(List.of(line.split("\0", -1)));
            words.removeIf(String::isEmpty);
            words.replaceAll(word -> word.equals(data.toString()) ? DATA : word);
            return new Startup("magpie", words);
        }
    }

    public static Startup springBoot() {
        return new Startup(SPRING_BOOT, boot(List.of()));
    }

    /// The same with a cache of loaded classes, which this makes first.
    public static Startup springBootWithCache(Path work) throws InterruptedException {
        Path cache = work.resolve("boot.aot");
        try {
            Commands.run(
                    work,
                    boot(List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh")),
                    "JDK 25, and our classes in a jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Startup(
                SPRING_BOOT + "-aot", boot(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")));
    }

    private static List<String> boot(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g"));
        command.addAll(options);
        command.addAll(List.of("-cp", Reference.beside(SPRING_BOOT), "io.magpie.bench.reference.boot.BootMain"));
        return command;
    }
}
