package io.magpie.server.http;

import io.magpie.core.account.AccountService;
import io.magpie.core.outcome.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "Users")
class UsersController {
    private static final int MAX_LIMIT = 100;

    private final AccountService accounts;

    UsersController(AccountService accounts) {
        this.accounts = accounts;
    }

    @Operation(
            summary = "Find users",
            description = "`query`: the beginning of a username or nickname. `external`: the `sub` of a JWT.")
    @GetMapping
    Items<UserView> find(
            Reader reader,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String external,
            @RequestParam(defaultValue = "20") int limit) {
        int most = Fields.limit(limit, MAX_LIMIT);
        if (external != null) {
            return new Items<>(
                    accounts.byExternal(external).stream().map(UserView::of).toList());
        }
        if (query == null) {
            throw new RejectedRequest(ErrorCode.MALFORMED, "query: missing (expected: query or external)");
        }
        return new Items<>(RejectedRequest.unlessDone(accounts.search(query, most)).stream()
                .map(UserView::of)
                .toList());
    }

    @Operation(summary = "A user's profile")
    @GetMapping("/{id}")
    UserView one(Reader reader, @PathVariable long id) {
        return UserView.of(RejectedRequest.unlessDone(accounts.find(id)));
    }
}
