package io.magpie.core.session;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.outcome.Outcome;

/// Who a token belongs to. Blocks.
public interface Authenticator {
    Outcome<Login> authenticate(String token, Device device);

    /// Whether the login is still there: logged out, replaced and expired ones are not.
    boolean open(Login login);
}
