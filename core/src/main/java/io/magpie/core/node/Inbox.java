package io.magpie.core.node;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Facts;
import io.magpie.core.cluster.Publisher;
import io.magpie.core.cluster.RecordCodec;
import io.magpie.core.cluster.RelayStats;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.push.RelayedAcknowledgements;
import io.magpie.core.session.SessionEnds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// What other nodes tell, to whom it concerns. On the bus's thread; nothing waits.
public final class Inbox implements Bus.Listener {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());

    private final RecordCodec codec;
    private final Delivery delivery;
    private final SessionEnds ends;
    private final PresenceService presence;
    private final RelayedAcknowledgements acknowledgements;
    private final Doubts doubts;
    private final Publisher publisher;
    private final OwnDrain drain;

    public Inbox(
            RecordCodec codec,
            Delivery delivery,
            SessionEnds ends,
            PresenceService presence,
            RelayedAcknowledgements acknowledgements,
            Doubts doubts,
            Publisher publisher,
            OwnDrain drain) {
        this.codec = codec;
        this.delivery = delivery;
        this.ends = ends;
        this.presence = presence;
        this.acknowledgements = acknowledgements;
        this.doubts = doubts;
        this.publisher = publisher;
        this.drain = drain;
    }

    @Override
    public void received(byte[] record) {
        stats().arrived();
        try {
            hear(codec.decode(record));
        } catch (RuntimeException e) {
            stats().unreadable();
            LOG.log(Level.ERROR, "a record of another node was not understood; what it told is looked for", e);
            doubts.ofEverything();
        }
    }

    @Override
    public void gap() {
        stats().gap();
        LOG.log(Level.WARNING, "records of other nodes may be lost; what they told is looked for");
        doubts.ofEverything();
    }

    @Override
    public void failed(byte[] record) {
        publisher.failed(record);
    }

    private void hear(Facts facts) {
        List<Fact.Committed> committed = facts.facts().stream()
                .filter(Fact.Committed.class::isInstance)
                .map(Fact.Committed.class::cast)
                .toList();
        if (!committed.isEmpty()) {
            committed.forEach(fact -> acknowledgements.arrived(facts.from(), fact.entry()));
            delivery.arrived(committed);
        }
        facts.facts().forEach(fact -> hear(facts, fact));
    }

    private void hear(Facts facts, Fact told) {
        switch (told) {
            case Fact.Committed _ -> {}
            case Fact.Moved moved -> delivery.tellHere(moved, null);
            case Fact.Typing typing -> delivery.tellHere(typing, null);
            case Fact.Acknowledged acknowledged -> acknowledgements.arrived(acknowledged);
            case Fact.Ended ended -> ends.endHere(ended);
            case Fact.Replaced replaced -> ends.endHere(replaced);
            case Fact.Leases leases -> presence.heard(facts.from(), leases);
            case Fact.Watched watched -> presence.asked(facts.from(), watched);
            case Fact.Suspect suspect -> doubts.of(suspect.conversations());
            case Fact.AllSuspect _ -> doubts.ofEverything();
            case Fact.Drain _ -> drain.begin();
        }
    }

    private RelayStats stats() {
        return publisher.stats();
    }
}
