package io.magpie.server.http;

import io.magpie.core.account.Account;
import org.jspecify.annotations.Nullable;

/// A person as others see it.
record UserView(
        long userId,
        @Nullable String username,
        String nickname,
        @Nullable String avatar,
        @Nullable String bio) {
    static UserView of(Account account) {
        return new UserView(
                account.id(),
                account.username(),
                account.nickname(),
                Fields.unlessEmpty(account.avatar()),
                Fields.unlessEmpty(account.bio()));
    }
}
