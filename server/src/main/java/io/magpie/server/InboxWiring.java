package io.magpie.server;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Peers;
import io.magpie.core.cluster.Publisher;
import io.magpie.core.cluster.RecordCodec;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.Relay;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.node.Doubts;
import io.magpie.core.node.HomeComing;
import io.magpie.core.node.Inbox;
import io.magpie.core.node.OwnDrain;
import io.magpie.core.node.Survivor;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.push.PushSettings;
import io.magpie.core.push.RelayedAcknowledgements;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.core.storage.Storage;
import io.magpie.core.upkeep.LoginCheck;
import io.magpie.gateway.GatewayStats;
import io.magpie.server.config.Settings;
import io.magpie.server.tls.Certificates;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What comes from other nodes and what their ends leave to do; see [ClusterWiring].
@Configuration(proxyBeanMethods = false)
class InboxWiring {
    @Bean
    LoginCheck loginCheck(Storage storage, Sessions sessions, SessionEnds ends, InstantSource clock) {
        return new LoginCheck(storage.logins(), sessions, ends, clock);
    }

    @Bean
    Doubts doubts(Reconciler reconciler, PresenceService presence, LoginCheck logins) {
        return new Doubts(reconciler, presence, logins);
    }

    @Bean
    Survivor survivor(
            Directory directory, Bus bus, Peers peers, PresenceService presence, Doubts doubts, InstantSource clock) {
        var survivor = new Survivor(directory, bus, peers, presence, clock);
        peers.onDeath(doubts::ofTheLastOf);
        peers.onDeath(survivor::died);
        return survivor;
    }

    @Bean
    RelayedAcknowledgements relayedAcknowledgements(PushTap tap, Relay relay, Settings settings, InstantSource clock) {
        var push = new PushSettings(Duration.ofMillis(settings.push().afterMs()), false);
        return new RelayedAcknowledgements(tap.acknowledgements(), relay, push, clock);
    }

    @Bean
    OwnDrain ownDrain() {
        return Shutdown::ask;
    }

    @Bean
    Inbox inbox(
            RecordCodec codec,
            Delivery delivery,
            SessionEnds ends,
            PresenceService presence,
            RelayedAcknowledgements acknowledgements,
            Doubts doubts,
            Publisher publisher,
            OwnDrain drain) {
        return new Inbox(codec, delivery, ends, presence, acknowledgements, doubts, publisher, drain);
    }

    @Bean
    Announcer announcer(
            Settings settings, Certificates certificates, Registry registry, GatewayStats stats, Incarnation me) {
        return new Announcer(settings, certificates, registry, stats, me);
    }

    @Bean
    Upkeep clustering(
            Settings settings,
            Announcer announcer,
            Doubts doubts,
            LoginCheck logins,
            Survivor survivor,
            RelayedAcknowledgements acknowledgements,
            HomeComing homeComing) {
        return new Upkeep(
                "cluster",
                settings.clustered()
                        ? List.of(announcer, doubts, logins, survivor, acknowledgements, homeComing)
                        : List.of());
    }

    @Bean
    HomeComing homeComing(Incarnation me, Homes homes, Sessions sessions) {
        return new HomeComing(me, homes, sessions, new SecureRandom());
    }
}
