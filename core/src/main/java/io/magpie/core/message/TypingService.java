package io.magpie.core.message;

import io.magpie.core.cluster.Fact;
import io.magpie.core.command.Command;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Permit;
import io.magpie.core.session.Session;
import java.time.InstantSource;

/// Tells the others in a conversation that somebody types there. Only who may write may be seen typing.
public final class TypingService {
    /// No commit checks the permission again, so it is looked up again once it is older than this.
    private static final long FRESH_MS = 1_000;

    private final MessageRules rules;
    private final Delivery delivery;
    private final InstantSource clock;

    public TypingService(MessageRules rules, Delivery delivery, InstantSource clock) {
        this.rules = rules;
        this.delivery = delivery;
        this.clock = clock;
    }

    /// Without blocking, on the lane. False if the permission must be looked up first: then [#tellChecked].
    public boolean tryTell(Session session, Command.Typing typing) {
        var permit = session.permit(typing.conversation());
        if (permit == null || clock.millis() - permit.lookedUpAt() > FRESH_MS) {
            return false;
        }
        tell(session, typing);
        return true;
    }

    /// Blocks; off the lane.
    public Outcome<Permit> tellChecked(Session session, Command.Typing typing) {
        return rules.mayWrite(session.user(), typing.conversation()).map(permit -> {
            session.keep(typing.conversation(), permit);
            tell(session, typing);
            return permit;
        });
    }

    private void tell(Session session, Command.Typing typing) {
        delivery.tell(new Fact.Typing(typing.conversation(), session.user(), typing.active()), session.connection());
    }
}
