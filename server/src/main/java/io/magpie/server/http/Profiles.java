package io.magpie.server.http;

import io.magpie.core.account.AccountService;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The profiles of many users at once, for lists that show people.
@Component
class Profiles {
    private final AccountService accounts;

    Profiles(AccountService accounts) {
        this.accounts = accounts;
    }

    Map<Long, UserView> of(Collection<Long> users) {
        return accounts.findAll(users).stream()
                .map(UserView::of)
                .collect(Collectors.toMap(UserView::userId, Function.identity()));
    }
}
