package io.magpie.core.session;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;

/// Makes sessions for tests; their blocking work runs at once, on the caller's thread.
public final class TestSessions {
    private TestSessions() {}

    public static Session session(long user, Connection connection) {
        var device = new Device("device-" + System.identityHashCode(connection), Platform.BOT, "");
        return new Session(new Login(user, user, device, 0, 0, Long.MAX_VALUE), device, connection, Runnable::run, 0);
    }
}
