package io.magpie.core.node;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.upkeep.Chore;
import io.magpie.core.upkeep.LoginCheck;
import java.util.Collection;

/// What to look at again because records may not have come. Any thread; the looking is done by the parts
/// themselves, and for presence by [#next].
public final class Doubts implements Chore {
    private static final long TICK_MS = 500;

    private final Reconciler reconciler;
    private final PresenceService presence;
    private final LoginCheck logins;
    private volatile boolean presenceInDoubt;

    public Doubts(Reconciler reconciler, PresenceService presence, LoginCheck logins) {
        this.reconciler = reconciler;
        this.presence = presence;
        this.logins = logins;
    }

    public void of(Collection<ConversationId> conversations) {
        reconciler.suspect(conversations);
    }

    public void ofEverything() {
        reconciler.suspectAll();
        logins.suspect();
        presenceInDoubt = true;
    }

    /// What the node did last it may have told nobody.
    public void ofTheLastOf(Incarnation dead) {
        presence.died(dead);
        reconciler.died(dead);
        logins.suspect();
    }

    @Override
    public String name() {
        return "asking other nodes who is online";
    }

    @Override
    public long next() {
        if (presenceInDoubt) {
            presenceInDoubt = false;
            presence.askAgain();
        }
        return TICK_MS;
    }
}
