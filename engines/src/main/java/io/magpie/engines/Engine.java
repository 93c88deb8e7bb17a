package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The engines that can be started here. All listen on the loopback address only.
///
/// **Thread.** Everything blocks; any thread but an event loop.
public enum Engine {
    REDIS,
    MARIADB,
    POSTGRESQL,
    RABBITMQ,
    NGINX,
    ZOOKEEPER,
    KAFKA,
    ROCKETMQ,
    S3PROXY,
    MONGO;

    /// By the name an operator writes.
    public static Engine of(String id) {
        return Arrays.stream(values())
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new EngineFailure("engine: " + id + " (expected: "
                        + Arrays.stream(values()).map(Engine::id).collect(Collectors.joining(", ")) + ")"));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Brings the engine's programs to this machine if they are missing; fails with the command that would.
    public void install() {
        recipe().software().install();
    }

    /// Starts it on data of its own, deleted when it is closed. It dies with this JVM.
    public RunningEngine start() {
        try {
            return RunningEngine.start(this, Files.createTempDirectory("magpie-" + id() + "-"), Lifetime.TEMPORARY);
        } catch (IOException e) {
            throw new EngineFailure(id() + ": no temporary folder", e);
        }
    }

    /// Starts it on the data, and if they are free the ports, that the folder knows; an empty folder is filled. It
    /// dies with this JVM.
    public RunningEngine start(Path folder) {
        return RunningEngine.start(this, folder, Lifetime.OF_THE_JVM);
    }

    /// As [#start(Path)], but it lives on when this JVM ends, until somebody closes what [#running] finds.
    public RunningEngine startDetached(Path folder) {
        return RunningEngine.start(this, folder, Lifetime.DETACHED);
    }

    /// What an earlier start left running on this folder, by whichever JVM.
    public Optional<RunningEngine> running(Path folder) {
        return RunningEngine.find(this, folder);
    }

    Recipe recipe() {
        return switch (this) {
            case REDIS -> new Redis();
            case MARIADB -> new Mariadb();
            case POSTGRESQL -> new Postgresql();
            case RABBITMQ -> new Rabbitmq();
            case NGINX -> new Nginx();
            case ZOOKEEPER -> new Zookeeper();
            case KAFKA -> new Kafka();
            case ROCKETMQ -> new Rocketmq();
            case S3PROXY -> new S3proxy();
            case MONGO -> new Mongo();
        };
    }
}
