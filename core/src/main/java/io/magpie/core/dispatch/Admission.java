package io.magpie.core.dispatch;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.delivery.Audiences;
import io.magpie.core.device.Login;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.session.Authenticator;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.Workers;
import java.time.InstantSource;
import java.util.function.Consumer;

/// How a connection becomes a session and ceases to be one. A session is registered before `welcome` leaves, so
/// whatever is committed after the client's first `sync` began finds it.
public final class Admission {
    private final Authenticator authenticator;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final Audiences audiences;
    private final PresenceService presence;
    private final Workers workers;
    private final NodeInfo node;
    private final InstantSource clock;

    public Admission(
            Authenticator authenticator,
            Sessions sessions,
            SessionEnds ends,
            Audiences audiences,
            PresenceService presence,
            Workers workers,
            NodeInfo node,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.ends = ends;
        this.audiences = audiences;
        this.presence = presence;
        this.workers = workers;
        this.node = node;
        this.clock = clock;
    }

    /// To be asked before [#admit], for [#certain].
    long endings() {
        return ends.endings();
    }

    /// Whether no login can have ended between its look-up and the session's registration.
    boolean certain(long endingsBefore) {
        return ends.noneSince(endingsBefore);
    }

    /// Blocks. The answer is [Reply.Welcome], sent on the lane after `admitted` was called there.
    Outcome<Session> admit(Connection connection, Command.Hello hello) {
        return authenticator
                .authenticate(hello.token(), hello.device())
                .map(login -> session(connection, hello, login));
    }

    private Session session(Connection connection, Command.Hello hello, Login login) {
        audiences.prepare(login.user());
        return new Session(login, hello.device(), connection, workers, clock.millis());
    }

    /// On the lane.
    Reply welcome(Session session, Consumer<Session> admitted) {
        ends.replacedBy(session);
        sessions.add(session);
        audiences.entered(session);
        presence.came(session);
        admitted.accept(session);
        return new Reply.Welcome(
                session.user(),
                session.login().id(),
                node.node(),
                node.epoch(),
                clock.millis(),
                node.heartbeatMs(),
                node.maxFrameBytes());
    }

    /// Blocks. Whoever ends a login finds the sessions that are registered by then; a login that ended between
    /// its look-up and the registration is found here.
    void confirm(Session session) {
        if (!authenticator.open(session.login())) {
            var connection = session.connection();
            connection.lane().execute(() -> connection.bye(new Event.Bye(Event.Bye.Reason.LOGGED_OUT)));
        }
    }

    /// On the lane.
    void leave(Session session) {
        sessions.remove(session);
        audiences.leave(session.user());
        presence.went(session);
    }

    Reply pong() {
        return new Reply.Pong(clock.millis());
    }

    Workers workers() {
        return workers;
    }
}
