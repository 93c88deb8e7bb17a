package io.magpie.engines;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An engine that was started, and can be killed, frozen and started again on the same ports and data.
///
/// **Thread.** Any; calls that start and stop take turns.
public final class RunningEngine implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int STOP_SECONDS = 20;

    private final Engine engine;
    private final Lifetime lifetime;
    private final Thread atExit = new Thread(this::leaveNothing);
    private Setup setup;
    private List<Part> parts = List.of();
    private final List<ProcessHandle> processes = new ArrayList<>();

    private RunningEngine(Engine engine, Setup setup, Lifetime lifetime) {
        this.engine = engine;
        this.setup = setup;
        this.lifetime = lifetime;
    }

    static RunningEngine start(Engine engine, Path folder, Lifetime lifetime) {
        engine.install();
        Path absolute = folder.toAbsolutePath();
        Setup setup = new Setup(engine.id(), absolute, Map.of());
        setup.makeFolder("");
        var running = new RunningEngine(engine, setup, lifetime);
        running.adopt();
        if (running.isRunning()) {
            throw new EngineFailure(engine.id() + ": process " + running.pid() + " already runs in " + absolute);
        }
        running.first();
        if (lifetime != Lifetime.DETACHED) {
            Runtime.getRuntime().addShutdownHook(running.atExit);
        }
        return running;
    }

    static Optional<RunningEngine> find(Engine engine, Path folder) {
        Path absolute = folder.toAbsolutePath();
        var running =
                new RunningEngine(engine, new Setup(engine.id(), absolute, Ports.known(absolute)), Lifetime.DETACHED);
        running.adopt();
        return running.isRunning() ? Optional.of(running) : Optional.empty();
    }

    public Engine engine() {
        return engine;
    }

    /// Its data, configuration and logs.
    public Path folder() {
        return setup.folder();
    }

    /// What a client is configured with.
    public String url() {
        return engine.recipe().url(setup);
    }

    public String host() {
        return Setup.HOST;
    }

    /// Where clients connect.
    public int port() {
        return setup.port(engine.recipe().ports().getFirst());
    }

    /// Empty if it asks for none.
    public String user() {
        return engine.recipe().user();
    }

    public String password() {
        return engine.recipe().password();
    }

    /// Of the process that serves clients.
    public synchronized long pid() {
        return processes.isEmpty() ? 0 : processes.getLast().pid();
    }

    synchronized List<ProcessHandle> processes() {
        return List.copyOf(processes);
    }

    public synchronized boolean isRunning() {
        return processes.stream().anyMatch(ProcessHandle::isAlive);
    }

    /// SIGKILL to all its processes; returns when they are gone.
    public synchronized void kill() {
        processes.reversed().forEach(Processes::kill);
        forget();
    }

    /// Freezes it (SIGSTOP): connections stay open and nothing answers.
    public synchronized void pause() {
        signalAll("STOP");
    }

    public synchronized void resume() {
        signalAll("CONT");
    }

    /// Stops it if it runs, and starts it on the same ports and data.
    public synchronized void restart() {
        stop();
        launch();
    }

    /// Asks it to end and waits; kills what does not. Again: nothing.
    @Override
    public synchronized void close() {
        stop();
        if (lifetime != Lifetime.DETACHED) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException _) {
                // The JVM ends already and runs it.
            }
        }
        deleteTemporary();
    }

    private void leaveNothing() {
        kill();
        deleteTemporary();
    }

    private synchronized void first() {
        Map<String, Integer> known = Ports.known(setup.folder());
        boolean keep = !known.isEmpty() && Ports.areFree(known);
        for (int attempt = 1; ; attempt++) {
            Map<String, Integer> ports =
                    keep ? known : Ports.choose(setup.folder(), engine.recipe().ports());
            setup = new Setup(engine.id(), setup.folder(), ports);
            try {
                create();
                launch();
                return;
            } catch (EngineFailure e) {
                boolean taken = e.toString().toLowerCase(Locale.ROOT).contains("in use");
                if (keep || !taken || attempt == ATTEMPTS) {
                    deleteTemporary();
                    throw e;
                }
            }
        }
    }

    private void create() {
        Path created = setup.path("created");
        if (!Files.exists(created)) {
            engine.recipe().create(setup);
            setup.write("created", "by magpie\n");
        }
    }

    private void launch() {
        parts = engine.recipe().parts(setup);
        try {
            for (Part part : parts) {
                launch(part);
            }
        } catch (EngineFailure e) {
            kill();
            throw e;
        }
    }

    private void launch(Part part) {
        Path log = setup.path(part.name() + ".log");
        long from = Log.size(log);
        ProcessHandle process = Processes.start(part, setup.folder(), lifetime == Lifetime.DETACHED);
        processes.add(process);
        PidFile.write(pidFile(part), process);
        new Start(setup.engine(), part, process, log, from).await();
    }

    private void stop() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            ProcessHandle process = processes.get(i);
            List<ProcessHandle> family = Processes.family(process);
            Processes.signal(process, parts.get(i).stop());
            // One that is frozen hears nothing else.
            Processes.signal(process, "CONT");
            if (!Processes.awaitExit(process, STOP_SECONDS)) {
                Processes.kill(process);
            }
            family.forEach(Processes::kill);
        }
        forget();
    }

    private void forget() {
        processes.clear();
        parts.forEach(part -> PidFile.delete(pidFile(part)));
    }

    /// Takes over what runs already.
    private synchronized void adopt() {
        if (setup.ports().isEmpty()) {
            Map<String, Integer> known = Ports.known(setup.folder());
            if (known.isEmpty()) {
                return;
            }
            setup = new Setup(engine.id(), setup.folder(), known);
        }
        parts = engine.recipe().parts(setup).stream()
                .filter(part -> PidFile.read(pidFile(part)).isPresent())
                .toList();
        parts.forEach(part -> PidFile.read(pidFile(part)).ifPresent(processes::add));
    }

    private void signalAll(String signal) {
        processes.stream()
                .flatMap(process -> Processes.family(process).stream())
                .forEach(process -> Processes.signal(process, signal));
    }

    private Path pidFile(Part part) {
        return setup.path(part.name() + ".pid");
    }

    private void deleteTemporary() {
        if (lifetime != Lifetime.TEMPORARY || !Files.exists(setup.folder())) {
            return;
        }
        try {
            Files.walkFileTree(setup.folder(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new EngineFailure(setup.engine() + ": cannot delete " + setup.folder(), e);
        }
    }
}
