package io.magpie.core.push;

/// Port: hands news to whatever wakes sleeping phones. A hint, never the truth: it may be lost or come twice, and
/// the receiver tells by (conversation, seq).
///
/// **Order.** As offered. **Loss.** While the other end is slow or away, what waits is bounded in bytes and the
/// oldest is given up; what is refused is not repeated. **Thread.** `offer` takes any thread, returns at once and
/// never throws.
public interface PushNotifications extends AutoCloseable {
    void offer(PushNotification notification);

    /// Tries for a short while to hand over what waits. What is offered afterwards is dropped.
    @Override
    void close();
}
