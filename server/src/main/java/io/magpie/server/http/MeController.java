package io.magpie.server.http;

import io.magpie.core.account.Account;
import io.magpie.core.account.AccountService;
import io.magpie.core.account.LoginService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Profile")
class MeController {
    private final AccountService accounts;
    private final LoginService logins;

    MeController(AccountService accounts, LoginService logins) {
        this.accounts = accounts;
        this.logins = logins;
    }

    record MeView(
            long userId,
            @Nullable String username,
            @Nullable String external,
            String nickname,
            String avatar,
            String bio,
            long createdAt) {
        static MeView of(Account account) {
            return new MeView(
                    account.id(),
                    account.username(),
                    account.external(),
                    account.nickname(),
                    account.avatar(),
                    account.bio(),
                    account.createdAt());
        }
    }

    record ProfileChange(
            @Nullable String nickname,
            @Nullable String bio,
            @Nullable String avatar) {}

    record NewAvatar(@Nullable String avatar) {}

    record NewPassword(
            @Nullable String oldPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    @Operation(summary = "My profile")
    @GetMapping
    MeView me(Caller caller) {
        return MeView.of(RejectedRequest.unlessDone(accounts.find(caller.user())));
    }

    @Operation(summary = "Change my profile; what is left out stays")
    @PatchMapping
    MeView change(Caller caller, @RequestBody ProfileChange body) {
        var change = new AccountService.Change(body.nickname(), body.bio(), body.avatar());
        return MeView.of(RejectedRequest.unlessDone(accounts.change(caller.user(), change)));
    }

    @Operation(summary = "Set my picture: a URL or the id of an uploaded file")
    @PutMapping("/avatar")
    MeView avatar(Caller caller, @RequestBody NewAvatar body) {
        var change = new AccountService.Change(null, null, Fields.required("avatar", body.avatar()));
        return MeView.of(RejectedRequest.unlessDone(accounts.change(caller.user(), change)));
    }

    @Operation(
            summary = "Change my password; every other session ends",
            description = "A back end that acts as the user leaves `oldPassword` out.")
    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(Caller caller, @RequestBody NewPassword body) {
        String oldPassword = caller.backEnd() ? body.oldPassword() : Fields.required("oldPassword", body.oldPassword());
        RejectedRequest.unlessDone(logins.changePassword(
                caller.user(), oldPassword, Fields.required("newPassword", body.newPassword()), caller.login()));
    }
}
