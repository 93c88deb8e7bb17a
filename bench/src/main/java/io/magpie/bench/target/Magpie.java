package io.magpie.bench.target;

import io.magpie.bench.load.MagpieDialect;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.Usage;
import io.magpie.bench.wire.Jwt;
import io.magpie.bench.wire.WsEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A Magpie server: where its doors are, and tokens that open them.
public final class Magpie implements Server {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final Address http;
    private final Address realtime;
    private final Jwt jwt;
    private final Usage usage;
    private final @Nullable MagpieProcess process;
    private final InstantSource clock;

    Magpie(Address http, Address realtime, Jwt jwt, Usage usage, @Nullable MagpieProcess process, InstantSource clock) {
        this.http = http;
        this.realtime = realtime;
        this.jwt = jwt;
        this.usage = usage;
        this.process = process;
        this.clock = clock;
    }

    /// A server that runs already.
    ///
    /// @param pid its process on this machine; 0 if it is elsewhere or not to be measured
    /// @param secret its `auth.jwt.secret`
    public static Magpie running(Address http, Address realtime, long pid, String secret, InstantSource clock) {
        Usage usage = pid == 0 ? new NoUsage() : new ProcessUsage(pid);
        return new Magpie(http, realtime, new Jwt(secret), usage, null, clock);
    }

    public Address http() {
        return http;
    }

    public Address realtime() {
        return realtime;
    }

    /// A token of the user `subject`; its first use makes the account.
    public String token(String subject, String name) {
        Instant now = clock.instant();
        return jwt.token(subject, name, now.minusSeconds(5), now.plus(TOKEN_LIFE));
    }

    @Override
    public String name() {
        return "magpie";
    }

    @Override
    public Subject subject(int round) {
        String unique = Long.toString(clock.millis(), 36) + "-" + round;
        MagpieDialect dialect =
                new MagpieDialect(user -> token("bench-" + user, "Bench " + user), new MagpieApi(http), unique);
        WsEndpoint endpoint = new WsEndpoint(realtime.host(), realtime.port(), dialect.subprotocol());
        return new Subject(name(), endpoint, dialect, usage);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private static final class NoUsage implements Usage {
        @Override
        public double cpuSeconds() {
            return Double.NaN;
        }

        @Override
        public long residentBytes() {
            return 0;
        }
    }
}
