package io.magpie.server.http;

import io.magpie.core.account.LoginService;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.limit.TextRule;
import io.magpie.core.outcome.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sessions")
@Tag(name = "Sessions")
class SessionsController {
    private static final TextRule DEVICE_ID = TextRule.line("device.id", 1, Device.MAX_ID_BYTES);
    private static final TextRule DEVICE_NAME = TextRule.line("device.name", 0, 64);

    private final LoginService logins;
    private final ClientAddresses addresses;

    SessionsController(LoginService logins, ClientAddresses addresses) {
        this.logins = logins;
        this.addresses = addresses;
    }

    record DeviceBody(
            @Nullable String id,
            @Nullable String platform,
            @Nullable String name) {
        Device checked() {
            return new Device(
                    RejectedRequest.unlessDone(DEVICE_ID.check(Fields.required("device.id", id))),
                    Fields.constant("device.platform", Platform.class, Fields.required("device.platform", platform))
                            .orElseThrow(),
                    RejectedRequest.unlessDone(DEVICE_NAME.check(Fields.orEmpty(name))));
        }

        static DeviceBody of(Device device) {
            return new DeviceBody(device.id(), Fields.wireName(device.platform()), Fields.unlessEmpty(device.name()));
        }
    }

    record LogIn(
            @Nullable String username,
            @Nullable String password,
            @Nullable DeviceBody device) {
        @Override
        public String toString() {
            return "LogIn[" + username + "]";
        }
    }

    record LoggedIn(String token, long userId, long sessionId, long expiresAt) {
        @Override
        public String toString() {
            return "LoggedIn[" + userId + "]";
        }
    }

    record SessionView(long id, DeviceBody device, long createdAt, long lastSeenAt, long expiresAt, boolean current) {
        static SessionView of(Login login, Caller caller) {
            return new SessionView(
                    login.id(),
                    DeviceBody.of(login.device()),
                    login.createdAt(),
                    login.lastSeenAt(),
                    login.expiresAt(),
                    caller.login() != null && caller.login().id() == login.id());
        }
    }

    @SecurityRequirements
    @Operation(summary = "Log in", description = "The token is good for 7 days from its last use.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    LoggedIn logIn(@RequestBody LogIn body, HttpServletRequest request) {
        var login = RejectedRequest.unlessDone(logins.logIn(
                Fields.required("username", body.username()),
                Fields.required("password", body.password()),
                Fields.required("device", body.device()).checked(),
                addresses.of(request)));
        return new LoggedIn(
                login.token(),
                login.login().user(),
                login.login().id(),
                login.login().expiresAt());
    }

    @Operation(summary = "Devices logged in")
    @GetMapping
    Items<SessionView> list(Caller caller) {
        return new Items<>(logins.list(caller.user()).stream()
                .map(login -> SessionView.of(login, caller))
                .toList());
    }

    @Operation(summary = "One of them; “current” is the one asking")
    @GetMapping("/{id}")
    SessionView one(Caller caller, @PathVariable String id) {
        long wanted = id(caller, id);
        return logins.list(caller.user()).stream()
                .filter(login -> login.id() == wanted)
                .findFirst()
                .map(login -> SessionView.of(login, caller))
                .orElseThrow(() -> new RejectedRequest(ErrorCode.NOT_FOUND, "session: none with id " + wanted));
    }

    @Operation(summary = "Log a device out; its live connections are told so and closed")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, @PathVariable String id) {
        RejectedRequest.unlessDone(logins.end(caller.user(), id(caller, id)));
    }

    private static long id(Caller caller, String id) {
        if (!id.equals("current")) {
            try {
                return Fields.id("id", Long.valueOf(id));
            } catch (NumberFormatException _) {
                throw new RejectedRequest(ErrorCode.MALFORMED, "id: not one (expected: a number or current)");
            }
        }
        if (caller.login() == null) {
            throw new RejectedRequest(ErrorCode.NOT_FOUND, "session: no session token came with this request");
        }
        return caller.login().id();
    }
}
