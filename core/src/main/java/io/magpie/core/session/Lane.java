package io.magpie.core.session;

/// The one thread of some connections: in the gateway an event loop. Tasks of one submitter run in the order
/// submitted, never at the same time.
public interface Lane {
    /// Runs the task on the lane, soon, and then flushes each connection the task wrote to, once. Any thread; never
    /// blocks.
    void execute(Runnable task);
}
