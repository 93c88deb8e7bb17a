package io.magpie.server;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.DirectoryRows;
import io.magpie.core.cluster.Publisher;
import io.magpie.core.node.Inbox;
import io.magpie.server.config.Settings;
import org.springframework.stereotype.Component;

/// Joins the other nodes before anybody is let in, and leaves them after everybody has gone.
@Component
final class ClusterLife extends Inside {
    /// Before the engine of this node starts, after it stopped.
    private static final int PHASE = -1;

    private final Settings settings;
    private final Announcer announcer;
    private final Bus bus;
    private final Inbox inbox;
    private final Publisher publisher;
    private final DirectoryRows rows;

    ClusterLife(Settings settings, Announcer announcer, Bus bus, Inbox inbox, Publisher publisher, DirectoryRows rows) {
        this.settings = settings;
        this.announcer = announcer;
        this.bus = bus;
        this.inbox = inbox;
        this.publisher = publisher;
        this.rows = rows;
    }

    @Override
    void begin() {
        if (settings.clustered()) {
            bus.subscribe(inbox);
            publisher.start();
            rows.start();
            announcer.starting();
        }
    }

    @Override
    void end() {
        if (settings.clustered()) {
            rows.close();
            publisher.close();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
