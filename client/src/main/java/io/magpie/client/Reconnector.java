package io.magpie.client;

import io.magpie.client.ConnectionState.Cause;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps one connection to the server: connects, greets, and after an end waits a random time of a bound that
/// doubles with every failure, or as long as the server asked. Gives up only when the server says that the
/// session is over. On the lane.
final class Reconnector implements Uplink, Connection.Owner {
    /// Events not yet taken by the listener, beyond which no more frames are read.
    private static final int EVENTS_WAITING = 1000;
    /// A connection that lasted this long proves that the server is well.
    private static final long STEADY_MS = 5_000;

    interface Owner {
        void changed(ConnectionState state);

        void welcomed(Reply.Welcome welcome);

        void pushed(Event event);

        void disconnected();

        void ended();
    }

    private final Lane lane;
    private final Lane events;
    private final Transport transport;
    private final ClientSettings settings;
    private final Owner owner;
    private @Nullable Connection connection;
    private boolean greeted;
    private boolean over;
    private int failures;
    private long greetedAt;
    private Event.@Nullable Bye bye;
    private @Nullable Rejection refusal;

    Reconnector(Lane lane, Lane events, Transport transport, ClientSettings settings, Owner owner) {
        this.lane = lane;
        this.events = events;
        this.transport = transport;
        this.settings = settings;
        this.owner = owner;
    }

    void connect() {
        if (over || connection != null) {
            return;
        }
        owner.changed(new ConnectionState.Connecting(failures));
        Connection next = new Connection(lane, transport.codec(), this, settings.answerWithin());
        connection = next;
        URI moved = bye == null || bye.url() == null ? null : uri(bye.url());
        bye = null;
        refusal = null;
        CompletableFuture<URI> address = moved == null ? address() : CompletableFuture.completedFuture(moved);
        var _ = address.whenComplete((uri, error) -> {
            if (error == null) {
                transport.open(uri, next);
            } else {
                Throwable cause = error.getCause() == null ? error : error.getCause();
                next.closed("no address: " + cause.getMessage());
            }
        });
    }

    private CompletableFuture<URI> address() {
        try {
            return settings.address().get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// The server's hint, unless it is unusable.
    private @Nullable URI uri(@Nullable String url) {
        try {
            URI uri = url == null ? null : URI.create(url);
            return uri != null && settings.protocol().fits(uri) ? uri : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public void opened(Connection opened) {
        var _ = opened.request(new Command.Hello(settings.token(), settings.device()))
                .whenComplete((reply, error) -> {
                    if (reply instanceof Reply.Welcome welcome) {
                        greeted = true;
                        greetedAt = lane.now();
                        opened.keepAlive(welcome.heartbeatMs());
                        owner.welcomed(welcome);
                    } else if (error instanceof ClientException.Refused refused) {
                        refusal = refused.rejection();
                        opened.drop("refused: " + refused.rejection().message());
                    } else {
                        opened.drop("hello: unexpected answer");
                    }
                });
    }

    @Override
    public void pushed(Connection from, Event event) {
        if (event instanceof Event.Bye said) {
            bye = said;
        } else if (greeted) {
            owner.pushed(event);
        }
    }

    @Override
    public void whenReady(Runnable pull) {
        if (events.waiting() < EVENTS_WAITING) {
            pull.run();
        } else {
            events.execute(pull);
        }
    }

    @Override
    public void ended(Connection ended, String why) {
        if (ended != connection) {
            return;
        }
        connection = null;
        boolean wasGreeted = greeted;
        greeted = false;
        if (wasGreeted) {
            owner.disconnected();
        }
        if (over) {
            return;
        }
        Cause cause = lastCause();
        if (cause != null) {
            end(cause, why);
            return;
        }
        failures = wasGreeted && lane.now() - greetedAt >= STEADY_MS ? 0 : failures + 1;
        Duration delay = delay();
        owner.changed(new ConnectionState.Waiting(why, lane.now() + delay.toMillis()));
        lane.after(delay, this::connect);
    }

    private @Nullable Cause lastCause() {
        if (refusal != null && refusal.code() == ErrorCode.UNAUTHENTICATED) {
            return Cause.UNAUTHENTICATED;
        }
        if (bye == null) {
            return null;
        }
        return switch (bye.reason()) {
            case LOGGED_OUT -> Cause.LOGGED_OUT;
            case REPLACED -> Cause.REPLACED;
            case DRAINING, MOVED, KICKED, IDLE, SLOW -> null;
        };
    }

    private Duration delay() {
        long first = settings.backoffFirst().toMillis();
        long bound = settings.backoffMax().toMillis();
        long asked = Math.max(bye == null ? 0 : bye.reconnectAfterMs(), refusal == null ? 0 : refusal.retryAfterMs());
        long spread = Math.min(bound, first << Math.min(failures, 20));
        return lane.upTo(spread).plusMillis(asked);
    }

    private void end(Cause cause, String message) {
        over = true;
        owner.changed(new ConnectionState.Ended(cause, message));
        owner.ended();
    }

    void close() {
        if (over) {
            return;
        }
        over = true;
        if (connection != null) {
            connection.close();
        }
        owner.changed(new ConnectionState.Ended(Cause.CLOSED, "closed"));
        owner.ended();
    }

    /// Something is wrong with this connection that a new one may mend.
    void reconnect(String why) {
        if (connection != null) {
            connection.drop(why);
        }
    }

    @Override
    public boolean online() {
        return greeted;
    }

    @Override
    public CompletableFuture<Reply> request(Command command) {
        Connection to = connection;
        return greeted && to != null
                ? to.request(command)
                : CompletableFuture.failedFuture(new ClientException.Disconnected("not connected"));
    }

    @Override
    public void tell(Command command) {
        Connection to = connection;
        if (greeted && to != null) {
            to.tell(command);
        }
    }
}
