package io.magpie.core.account;

import io.magpie.core.device.Login;

/// A login with its token, which is told this once and not stored.
public record NewLogin(String token, Login login) {
    @Override
    public String toString() {
        return "NewLogin[" + login + "]";
    }
}
