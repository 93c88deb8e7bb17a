package io.magpie.core.session;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;

/// A connection that said `hello`: it has a user. Compared by identity.
public final class Session {
    private final Login login;
    private final Device device;
    private final Connection connection;

    /// @param login what the token belongs to
    /// @param device as `hello` named it; one login may hold connections of several
    public Session(Login login, Device device, Connection connection) {
        this.login = login;
        this.device = device;
        this.connection = connection;
    }

    public long user() {
        return login.user();
    }

    public Login login() {
        return login;
    }

    public Device device() {
        return device;
    }

    public Connection connection() {
        return connection;
    }
}
