package io.magpie.gateway.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Pings in intervals, and notices when one is not answered in time. One timer at a time. On the session's loop only.
final class Heartbeat {
    private final EventLoop loop;
    private final EngineSettings settings;
    private final Runnable ping;
    private final Runnable dead;
    private @Nullable Future<?> timer;
    private boolean waiting;

    /// @param ping sends one
    /// @param dead what to do about an answer that does not come
    Heartbeat(EventLoop loop, EngineSettings settings, Runnable ping, Runnable dead) {
        this.loop = loop;
        this.settings = settings;
        this.ping = ping;
        this.dead = dead;
    }

    void start() {
        timer = after(settings.pingInterval(), this::beat);
    }

    void answered() {
        if (waiting) {
            stop();
            start();
        }
    }

    void stop() {
        waiting = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void beat() {
        waiting = true;
        timer = after(settings.pingTimeout(), dead);
        ping.run();
    }

    private Future<?> after(Duration delay, Runnable task) {
        return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
