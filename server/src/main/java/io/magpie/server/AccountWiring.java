package io.magpie.server;

import io.magpie.core.account.AccountLimits;
import io.magpie.core.account.AccountService;
import io.magpie.core.account.AccountSettings;
import io.magpie.core.account.DemoAuthenticator;
import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.LoginService;
import io.magpie.core.account.PasswordHash;
import io.magpie.core.account.TokenService;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TrustedProxies;
import io.magpie.core.session.Authenticator;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.storage.Storage;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import io.magpie.server.http.ApiKeys;
import io.magpie.server.http.ClientAddresses;
import io.magpie.server.identity.Argon2PasswordHash;
import io.magpie.server.identity.JwtIdentityProvider;
import io.magpie.server.identity.JwtSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Who somebody is: accounts, logins, tokens, and the limits of guessing them.
@Configuration(proxyBeanMethods = false)
class AccountWiring {
    /// Each hash at work takes 19 MiB of memory.
    private static final int HASHES_AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    /// A hash takes a core for a while; whoever waits longer than this is answered `unavailable`.
    private static final Duration HASH_PATIENCE = Duration.ofSeconds(10);

    @Bean
    PasswordHash passwordHash() {
        return new Argon2PasswordHash(HASHES_AT_ONCE, HASH_PATIENCE);
    }

    @Bean
    AccountLimits accountLimits(Settings settings, InstantSource clock) {
        var limits = settings.limits();
        return new AccountLimits(
                new AccountLimits.Settings(
                        Rate.perMinute(limits.loginsPerMinute()),
                        Rate.perMinute(limits.wrongPasswordsPerMinute()),
                        Rate.perMinute(limits.registrationsPerMinute()),
                        ClientAddresses.among(limits.exemptAddresses())),
                clock);
    }

    @Bean
    AccountSettings accountSettings(Settings settings) {
        var devices = switch (settings.auth().devices()) {
            case ALL -> DevicePolicy.ALL;
            case ONE_PER_PLATFORM -> DevicePolicy.ONE_PER_PLATFORM;
            case ONE -> DevicePolicy.ONE;
        };
        return new AccountSettings(devices, settings.auth().registration() == Settings.Registration.OPEN);
    }

    @Bean
    AccountService accountService(
            Journal journal,
            Storage storage,
            PasswordHash passwords,
            AccountLimits limits,
            AccountSettings settings,
            InstantSource clock) {
        return new AccountService(journal, storage.accounts(), passwords, limits, settings, clock);
    }

    @Bean
    LoginService loginService(
            Journal journal,
            Storage storage,
            SessionEnds ends,
            PasswordHash passwords,
            AccountLimits limits,
            AccountSettings settings,
            InstantSource clock) {
        return new LoginService(
                journal, storage.accounts(), storage.logins(), ends, passwords, limits, settings, clock);
    }

    @Bean
    TokenService tokenService(
            Journal journal, Storage storage, LoginService logins, Settings settings, InstantSource clock) {
        return new TokenService(
                journal, storage.accounts(), logins, provider(settings.auth().jwt(), clock), clock);
    }

    /// Who may open a live connection, and as whom.
    @Bean
    @Primary
    Authenticator authenticator(
            TokenService tokens,
            Journal journal,
            Storage storage,
            LoginService logins,
            Settings settings,
            InstantSource clock) {
        return settings.auth().demo()
                ? new DemoAuthenticator(tokens, journal, storage.accounts(), logins, clock)
                : tokens;
    }

    private static @Nullable JwtIdentityProvider provider(Settings.Jwt jwt, InstantSource clock) {
        if (!jwt.enabled()) {
            return null;
        }
        Secret secret = jwt.secret();
        var settings = new JwtSettings(
                secret == null ? null : secret.value(), jwt.jwks(), jwt.issuer(), jwt.audience(), jwt.clockSkewMs());
        try {
            return new JwtIdentityProvider(settings, clock);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Bean
    ApiKeys apiKeys(Settings settings) {
        return new ApiKeys(settings.auth().apiKeys().stream()
                .map(apiKey -> new ApiKeys.Key(apiKey.name(), apiKey.key().value()))
                .toList());
    }

    @Bean
    ClientAddresses clientAddresses(Settings settings) {
        return new ClientAddresses(new TrustedProxies(settings.http().trustedProxies()));
    }
}
