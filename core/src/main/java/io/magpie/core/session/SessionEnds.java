package io.magpie.core.session;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.command.Event;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Ends the sessions of logins that are over and of devices that connected anew, on whatever node they are. Any
/// thread; returns at once.
///
/// A session that another node was about to let in meanwhile is not found here; it looks at its login again
/// once it can be found.
public final class SessionEnds {
    private final Sessions sessions;
    private final Relay relay;
    private final AtomicLong endings = new AtomicLong();

    public SessionEnds(Sessions sessions, Relay relay) {
        this.sessions = sessions;
        this.relay = relay;
    }

    /// How many times logins have ended, as far as this node has heard.
    public long endings() {
        return endings.get();
    }

    /// Whether no login ended since there were so many endings. Of those on other nodes only they know for certain.
    public boolean noneSince(long before) {
        return relay.alone() && endings.get() == before;
    }

    /// After the commit that closed the logins.
    public void ended(long user, Set<Long> logins, Fact.Ending why) {
        if (!logins.isEmpty()) {
            var fact = new Fact.Ended(user, logins, why);
            endHere(fact);
            relay.offer(new Recipient.User(user), fact);
        }
    }

    /// Before the session is added.
    public void replacedBy(Session session) {
        var device = session.device().id();
        sessions.end(
                session.user(), other -> other.device().id().equals(device), new Event.Bye(Event.Bye.Reason.REPLACED));
        relay.offer(new Recipient.User(session.user()), new Fact.Replaced(session.user(), device, session.since()));
    }

    public void endHere(Fact.Ended ended) {
        endings.incrementAndGet();
        var reason = switch (ended.why()) {
            case LOGGED_OUT -> Event.Bye.Reason.LOGGED_OUT;
            case REPLACED -> Event.Bye.Reason.REPLACED;
            case KICKED -> Event.Bye.Reason.KICKED;
        };
        sessions.end(
                ended.user(), session -> ended.logins().contains(session.login().id()), new Event.Bye(reason));
    }

    public void endHere(Fact.Replaced replaced) {
        sessions.end(
                replaced.user(),
                session -> session.device().id().equals(replaced.device()) && session.since() < replaced.since(),
                new Event.Bye(Event.Bye.Reason.REPLACED));
    }
}
