package io.magpie.bench.target;

import io.magpie.bench.dialect.MagpieAccounts;
import io.magpie.bench.dialect.MagpieJson;
import io.magpie.bench.dialect.MagpieProtobuf;
import io.magpie.bench.dialect.MagpieSocketIo;
import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.Usage;
import io.magpie.bench.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Magpie under load, over one of its transports.
public final class MagpieServer implements Server {
    private final String name;
    private final Transport transport;
    private final InstantSource clock;
    private final @Nullable MagpieProcess process;
    private final MagpieAccounts accounts;
    private Where where;
    private @Nullable Dialect latest;

    private record Where(Address realtime, Address tcp, Usage usage) {}

    private MagpieServer(
            String name,
            Transport transport,
            InstantSource clock,
            @Nullable MagpieProcess process,
            MagpieAccounts accounts,
            Where where) {
        this.name = name;
        this.transport = transport;
        this.clock = clock;
        this.process = process;
        this.accounts = accounts;
        this.where = where;
    }

    /// Starts one.
    ///
    /// @param note what is special about it, added to its name; may be empty
    public static MagpieServer start(MagpieProcess process, Transport transport, String note, InstantSource clock)
            throws IOException, InterruptedException {
        Magpie magpie = process.start();
        return new MagpieServer(
                transport.server() + note, transport, clock, process, new JwtAccounts(magpie), where(magpie));
    }

    /// One that runs already.
    ///
    /// @param token opens it for some user, to ask for its doors
    /// @param pid its process on this machine; 0 if it is elsewhere or not to be measured
    public static MagpieServer running(
            Address http, MagpieAccounts accounts, String token, long pid, Transport transport, InstantSource clock) {
        MagpieApi api = new MagpieApi(http);
        Usage usage = pid == 0 ? new NoUsage() : new ProcessUsage(pid, true);
        Address tcp = transport == Transport.TCP ? api.tcp(token) : http;
        Where where = new Where(api.realtime(token), tcp, usage);
        return new MagpieServer(transport.server(), transport, clock, null, accounts, where);
    }

    private static Where where(Magpie magpie) {
        return new Where(magpie.realtime(), magpie.tcp(), magpie.usage());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subject subject(int round) {
        String unique = Long.toString(clock.millis(), 36) + "-" + round;
        Dialect dialect = switch (transport) {
            case JSON -> new MagpieJson(accounts, unique);
            case PROTOBUF, TCP -> new MagpieProtobuf(accounts, unique);
            case SOCKETIO -> new MagpieSocketIo(accounts, unique);
        };
        latest = dialect;
        return subject(dialect);
    }

    private Subject subject(Dialect dialect) {
        Address realtime = where.realtime();
        Address tcp = where.tcp();
        Endpoint endpoint = switch (transport) {
            case JSON -> webSocket(realtime, Endpoint.Form.WEBSOCKET_TEXT, "magpie.v1.json");
            case PROTOBUF -> webSocket(realtime, Endpoint.Form.WEBSOCKET_BINARY, "magpie.v1.protobuf");
            case TCP -> webSocket(tcp, Endpoint.Form.VARINT, "");
            case SOCKETIO -> webSocket(realtime, Endpoint.Form.WEBSOCKET_TEXT, "");
        };
        return new Subject(name, endpoint, dialect, where.usage());
    }

    private static Endpoint webSocket(Address address, Endpoint.Form form, String subprotocol) {
        return new Endpoint(address.host(), address.port(), form, subprotocol);
    }

    @Override
    public boolean restarts() {
        return process != null;
    }

    @Override
    public Subject restart(boolean hard) throws InterruptedException {
        MagpieProcess own = process;
        Dialect dialect = latest;
        if (own == null || dialect == null) {
            return Server.super.restart(hard);
        }
        if (hard) {
            own.kill();
        } else {
            own.close();
        }
        try {
            Magpie magpie = own.start();
            where = where(magpie);
            if (accounts instanceof JwtAccounts jwt) {
                jwt.moved(magpie);
            }
            return subject(dialect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
