package io.magpie.server.http;

import io.magpie.core.account.AccountService;
import io.magpie.core.account.Principal;
import io.magpie.core.account.TokenService;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Authenticates a request for the controllers that take a [Caller] or a [Reader].
final class CallerResolver implements HandlerMethodArgumentResolver {
    private static final String AS_USER = "X-Magpie-User";
    private static final String BEARER = "bearer ";

    private final TokenService tokens;
    private final AccountService accounts;
    private final ApiKeys keys;

    CallerResolver(TokenService tokens, AccountService accounts, ApiKeys keys) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.keys = keys;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == Reader.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String token = token(request)
                .orElseThrow(() -> new RejectedRequest(
                        ErrorCode.UNAUTHENTICATED, "Authorization: missing (expected: Bearer and a token)"));
        boolean reader = parameter.getParameterType() == Reader.class;
        if (keys.name(token).isPresent()) {
            long user = asUser(request, reader);
            return reader ? new Reader(user, true) : new Caller(user, null, true);
        }
        Principal principal = RejectedRequest.unlessDone(tokens.authenticate(token));
        return reader ? new Reader(principal.user(), false) : new Caller(principal.user(), principal.login(), false);
    }

    /// Whether an API key is presented, where none is needed.
    boolean isBackEnd(@Nullable String authorization) {
        return bearer(authorization).flatMap(keys::name).isPresent();
    }

    private long asUser(NativeWebRequest request, boolean optional) {
        String header = request.getHeader(AS_USER);
        if (header == null && optional) {
            return 0;
        }
        if (header == null) {
            throw new RejectedRequest(
                    ErrorCode.MALFORMED, AS_USER + ": missing (expected: the id of the user to act as)");
        }
        try {
            long user = Fields.id(AS_USER, Long.valueOf(header.strip()));
            return switch (accounts.find(user)) {
                case Outcome.Done<?> _ -> user;
                case Outcome.Rejected<?> _ ->
                    throw new RejectedRequest(ErrorCode.NOT_FOUND, AS_USER + ": no user " + user);
            };
        } catch (NumberFormatException _) {
            throw new RejectedRequest(ErrorCode.MALFORMED, AS_USER + ": not a number (expected: a user id)");
        }
    }

    private static Optional<String> token(NativeWebRequest request) {
        return bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }
}
