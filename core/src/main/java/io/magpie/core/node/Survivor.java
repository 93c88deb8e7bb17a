package io.magpie.core.node;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Peers;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.upkeep.Chore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Removes from the engines what ended nodes left there. Every node does it, whoever notices; an incarnation
/// names what is removed, so nothing of the living is touched. Its users were last seen when it died. What is left
/// of nodes that ended while nobody looked is found once a minute. One thread; blocks. [#died] from any.
public final class Survivor implements Chore {
    private static final Logger LOG = System.getLogger(Survivor.class.getName());
    private static final long TICK_MS = 1_000;
    private static final long ROUND_MS = 60_000;

    private final Directory directory;
    private final Bus bus;
    private final Peers peers;
    private final PresenceService presence;
    private final InstantSource clock;
    private final Map<Incarnation, Long> dead = new LinkedHashMap<>();
    private Set<Incarnation> unknown = Set.of();
    private long lastRound;

    public Survivor(Directory directory, Bus bus, Peers peers, PresenceService presence, InstantSource clock) {
        this.directory = directory;
        this.bus = bus;
        this.peers = peers;
        this.presence = presence;
        this.clock = clock;
        this.lastRound = clock.millis();
    }

    public void died(Incarnation node) {
        synchronized (dead) {
            dead.put(node, clock.millis());
        }
    }

    @Override
    public String name() {
        return "clearing up after nodes that ended";
    }

    @Override
    public long next() {
        try {
            if (clock.millis() - lastRound >= ROUND_MS) {
                lastRound = clock.millis();
                lookForStrangers();
            }
            for (var death : snapshot().entrySet()) {
                Incarnation node = death.getKey();
                if (peers.over(node)) {
                    mourn(directory.forget(node), death.getValue());
                    bus.forget(node);
                    LOG.log(Level.INFO, "cleared up after {0}", node);
                }
                synchronized (dead) {
                    dead.remove(node);
                }
            }
        } catch (Directory.UnavailableException e) {
            LOG.log(Level.WARNING, "clearing up waits for the directory: {0}", e.getMessage());
        }
        return TICK_MS;
    }

    private Map<Incarnation, Long> snapshot() {
        synchronized (dead) {
            return Map.copyOf(dead);
        }
    }

    /// Those who are not on another node by now.
    private void mourn(Set<Long> users, long at) {
        Set<Long> gone = new HashSet<>(users);
        gone.removeAll(directory.find(users, List.of()).users().keySet());
        presence.left(gone, at);
    }

    /// One that no registry lists, twice in a row, is not just starting.
    private void lookForStrangers() {
        Set<Incarnation> strangers = new HashSet<>();
        for (Incarnation holder : directory.holders()) {
            if (peers.over(holder)) {
                directory.forget(holder);
            } else if (!holder.equals(peers.me()) && !lives(holder)) {
                strangers.add(holder);
            }
        }
        for (Incarnation stranger : strangers) {
            if (unknown.contains(stranger)) {
                directory.forget(stranger);
                bus.forget(stranger);
            }
        }
        unknown = strangers;
    }

    private boolean lives(Incarnation holder) {
        var node = peers.others().get(holder.node());
        return node != null && node.incarnation() == holder.number();
    }
}
