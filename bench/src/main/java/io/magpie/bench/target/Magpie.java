package io.magpie.bench.target;

import io.magpie.bench.load.Usage;
import io.magpie.bench.wire.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A Magpie server: where its doors are, and tokens that open them.
public final class Magpie implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final Address http;
    private final Address realtime;
    private final Address tcp;
    private final Jwt jwt;
    private final Usage usage;
    private final @Nullable MagpieProcess process;
    private final InstantSource clock;

    Magpie(Doors doors, Jwt jwt, Usage usage, @Nullable MagpieProcess process, InstantSource clock) {
        this.http = doors.http();
        this.realtime = doors.realtime();
        this.tcp = doors.tcp();
        this.jwt = jwt;
        this.usage = usage;
        this.process = process;
        this.clock = clock;
    }

    record Doors(Address http, Address realtime, Address tcp) {}

    /// A server that runs already.
    ///
    /// @param secret its `auth.jwt.secret`
    public static Magpie running(Address http, Address realtime, String secret, InstantSource clock) {
        return new Magpie(new Doors(http, realtime, realtime), new Jwt(secret), new NoUsage(), null, clock);
    }

    public Address http() {
        return http;
    }

    public Address realtime() {
        return realtime;
    }

    Address tcp() {
        return tcp;
    }

    Usage usage() {
        return usage;
    }

    /// A token of the user `subject`; its first use makes the account.
    public String token(String subject, String name) {
        Instant now = clock.instant();
        return jwt.token(subject, name, now.minusSeconds(5), now.plus(TOKEN_LIFE));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
