package io.magpie.server;

import org.springframework.context.SmartLifecycle;

/// A part of the server behind the doors: started before anybody is let in, stopped after everybody has left.
abstract class Inside implements SmartLifecycle {
    private volatile boolean running;

    abstract void begin();

    /// [#isRunning] is false by then.
    abstract void end();

    @Override
    public final void start() {
        begin();
        running = true;
    }

    @Override
    public final void stop() {
        running = false;
        end();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
