package io.magpie.adapter.redis;

import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.util.concurrent.atomic.AtomicInteger;

/// The Redis of this JVM's tests, started when it is first asked for.
final class Servers {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Servers() {}

    private static final class Shared {
        private static final RunningEngine SERVER = Engine.REDIS.start();
    }

    /// On the shared server, with keys of its own.
    static Redis redis() {
        return Redis.at(Shared.SERVER.url(), "test" + NUMBER.incrementAndGet() + ":");
    }
}
