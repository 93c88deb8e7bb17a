package io.magpie.engines;

import java.nio.file.Path;
import java.time.Duration;

/// Waits until a process that was just started serves.
record Start(String engine, Part part, ProcessHandle process, Path log, long from) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    void await() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new EngineFailure(
                        "%s: %s ended before it was ready%n%s".formatted(engine, part.name(), Log.tail(log, from)));
            }
            if (System.nanoTime() > until) {
                throw new EngineFailure("%s: %s is not ready after %d s%n%s"
                        .formatted(engine, part.name(), PATIENCE.toSeconds(), Log.tail(log, from)));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw Processes.interrupted(engine, e);
            }
        }
    }

    private boolean isReady() {
        return switch (part.ready()) {
            case Part.Ready.Port ready -> Ports.accepts(ready.port());
            case Part.Ready.Line ready -> Log.since(log, from).contains(ready.text());
        };
    }
}
