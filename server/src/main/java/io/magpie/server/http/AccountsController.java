package io.magpie.server.http;

import io.magpie.core.account.AccountService;
import io.magpie.core.account.NewAccount;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Accounts")
class AccountsController {
    private final AccountService accounts;
    private final ClientAddresses addresses;
    private final CallerResolver callers;

    AccountsController(AccountService accounts, ClientAddresses addresses, CallerResolver callers) {
        this.accounts = accounts;
        this.addresses = addresses;
        this.callers = callers;
    }

    record Registration(
            @Nullable String username,
            @Nullable String password,
            @Nullable String external,
            @Nullable String nickname,
            @Nullable String avatar) {
        @Override
        public String toString() {
            return "Registration[" + username + "]";
        }
    }

    record Registered(long userId) {}

    @SecurityRequirements
    @Operation(
            summary = "Register",
            description =
                    "Username (3 to 32 letters, digits, `.`, `_`, `-`) and password (8 to 256 bytes). With an API "
                            + "key the password may be left out, and `external` names the user in the identity provider's tokens.")
    @PostMapping("/api/v1/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Registered> register(@RequestBody Registration body, HttpServletRequest request) {
        var person = new NewAccount(body.username(), body.password(), body.external(), body.nickname(), body.avatar());
        var account = RejectedRequest.unlessDone(
                callers.isBackEnd(request.getHeader(HttpHeaders.AUTHORIZATION))
                        ? accounts.create(person)
                        : accounts.register(person, addresses.of(request)));
        return ResponseEntity.created(URI.create("/api/v1/users/" + account.id()))
                .body(new Registered(account.id()));
    }
}
