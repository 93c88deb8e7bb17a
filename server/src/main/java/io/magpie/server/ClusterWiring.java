package io.magpie.server;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.DirectoryRows;
import io.magpie.core.cluster.Holdings;
import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Peers;
import io.magpie.core.cluster.Publisher;
import io.magpie.core.cluster.RecordCodec;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.Relay;
import io.magpie.core.cluster.RelayStats;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.node.Doubts;
import io.magpie.core.node.Placement;
import io.magpie.core.presence.RemotePresence;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.protocol.cluster.ProtobufRecordCodec;
import io.magpie.server.config.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// One node among others: the engines between them, who lives, who is where, what is told. What comes from
/// others is in [InboxWiring]. Of a node that is alone nothing of it ever runs.
@Configuration(proxyBeanMethods = false)
class ClusterWiring {
    private static final long ROWS_CHECK_MS = 5_000;

    @Bean
    Incarnation incarnation(Settings settings, InstantSource clock) {
        return Incarnation.starting(settings.node().id(), clock.millis(), new SecureRandom().nextInt());
    }

    @Bean(destroyMethod = "close")
    ClusterPorts clusterPorts(Settings settings, Incarnation me, InstantSource clock) {
        return new ClusterPorts(settings, me, clock);
    }

    @Bean(destroyMethod = "")
    Registry registry(ClusterPorts ports) {
        return ports.registryPort();
    }

    @Bean(destroyMethod = "")
    Directory directory(ClusterPorts ports) {
        return ports.directoryPort();
    }

    @Bean(destroyMethod = "")
    Bus bus(ClusterPorts ports) {
        return ports.busPort();
    }

    @Bean
    Homes homes(ClusterPorts ports) {
        return ports.homes();
    }

    @Bean
    Placement placement(Incarnation me, Registry registry, Homes homes) {
        return new Placement(me, registry, homes, new SecureRandom());
    }

    @Bean
    Peers peers(Incarnation me, Registry registry) {
        return new Peers(me, registry);
    }

    @Bean
    RecordCodec recordCodec(BodyCodec bodies) {
        return new ProtobufRecordCodec(bodies);
    }

    @Bean
    RelayStats relayStats() {
        return new RelayStats();
    }

    @Bean(destroyMethod = "")
    Publisher publisher(Directory directory, Bus bus, RecordCodec codec, Peers peers, RelayStats stats) {
        return new Publisher(directory, bus, codec, peers, stats);
    }

    @Bean(destroyMethod = "")
    @Primary
    Relay relay(Settings settings, Publisher publisher) {
        return settings.clustered() ? publisher : Relay.NONE;
    }

    @Bean(destroyMethod = "")
    DirectoryRows directoryRows(
            Directory directory,
            Relay relay,
            ObjectProvider<Reconciler> reconciler,
            ObjectProvider<Doubts> doubts,
            RelayStats stats) {
        return new DirectoryRows(directory, new RowNews(relay, reconciler, doubts), stats, ROWS_CHECK_MS);
    }

    @Bean(destroyMethod = "")
    @Primary
    Holdings holdings(Settings settings, DirectoryRows rows) {
        return settings.clustered() ? rows : Holdings.NONE;
    }

    @Bean
    SessionEnds sessionEnds(Sessions sessions, Relay relay) {
        return new SessionEnds(sessions, relay);
    }

    @Bean
    RemotePresence remotePresence(Directory directory, Peers peers, Relay relay) {
        return new RemotePresence(directory, peers, relay);
    }
}
