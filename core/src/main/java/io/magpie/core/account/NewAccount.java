package io.magpie.core.account;

import org.jspecify.annotations.Nullable;

/// Who wants an account, as given.
///
/// @param password null only for what a back end creates
/// @param external the `sub` in the identity provider's tokens; for back ends only
/// @param nickname null takes the username
public record NewAccount(
        @Nullable String username,
        @Nullable String password,
        @Nullable String external,
        @Nullable String nickname,
        @Nullable String avatar) {
    @Override
    public String toString() {
        return "NewAccount[" + username + "]";
    }
}
