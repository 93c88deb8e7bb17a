package io.magpie.core.node;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.DirectoryRows;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Peers;
import io.magpie.core.cluster.Publisher;
import io.magpie.core.cluster.RelayStats;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.delivery.Audiences;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.delivery.DeliveryStats;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.journal.Journal;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.presence.RemotePresence;
import io.magpie.core.push.Acknowledgements;
import io.magpie.core.push.PushSettings;
import io.magpie.core.push.RelayedAcknowledgements;
import io.magpie.core.session.Session;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.TestConnection;
import io.magpie.core.store.Store;
import io.magpie.core.store.Transaction;
import io.magpie.core.upkeep.LoginCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// One node of a [TestCluster], wired as the server wires it; its ticks come from the test.
final class TestNode implements Store {
    final Incarnation me;
    final Sessions sessions = new Sessions();
    final DeliveryStats deliveryStats = new DeliveryStats(InstantSource.system());
    final RelayStats stats = new RelayStats();
    final Map<Long, List<Long>> acknowledged = new ConcurrentHashMap<>();
    final Peers peers;
    final Publisher publisher;
    final DirectoryRows rows;
    final Audiences audiences;
    final Delivery delivery;
    final Reconciler reconciler;
    final PresenceService presence;
    final SessionEnds ends;
    final LoginCheck loginCheck;
    final RelayedAcknowledgements acknowledgements;
    final Doubts doubts;
    final Survivor survivor;
    private final TestCluster cluster;
    private final Bus bus;
    private boolean stopped;

    TestNode(TestCluster cluster, Incarnation me) {
        this.cluster = cluster;
        this.me = me;
        var directory = cluster.directory.join(me);
        var registry = cluster.registry.join(me);
        bus = cluster.bus.join(me);
        registry.announce(new Node(me.node(), me.number(), Node.State.UP, "ws://" + me.node(), "", "", 0));
        peers = new Peers(me, registry);
        publisher = new Publisher(directory, bus, cluster.codec, peers, stats);
        rows = new DirectoryRows(directory, new RowsListener(), stats, 20);
        audiences = new Audiences(sessions, cluster.members, rows, cluster.clock);
        delivery = new Delivery(sessions, audiences, publisher, deliveryStats);
        reconciler = new Reconciler(cluster.log, delivery, audiences, deliveryStats, cluster.clock);
        presence = new PresenceService(
                sessions,
                new Fakes.NoAccounts(),
                new Journal(this, delivery),
                cluster.clock,
                publisher,
                new RemotePresence(directory, peers, publisher));
        ends = new SessionEnds(sessions, publisher);
        loginCheck = new LoginCheck(cluster.logins, sessions, ends, cluster.clock);
        Acknowledgements here = (_, user, seq) -> acknowledged.merge(
                user,
                List.of(seq),
                (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        acknowledgements = new RelayedAcknowledgements(
                here, publisher, new PushSettings(Duration.ofSeconds(5), false), cluster.clock);
        doubts = new Doubts(reconciler, presence, loginCheck);
        survivor = new Survivor(directory, bus, peers, presence, cluster.clock);
        peers.onDeath(doubts::ofTheLastOf);
        peers.onDeath(survivor::died);
        bus.subscribe(
                new Inbox(cluster.codec, delivery, ends, presence, acknowledgements, doubts, publisher, () -> {}));
        publisher.start();
        rows.start();
    }

    private final class RowsListener implements DirectoryRows.Listener {
        @Override
        public void groupsFound(Collection<Long> groups) {
            reconciler.reachable(groups);
        }

        @Override
        public void rowsLost() {
            doubts.ofEverything();
        }
    }

    /// A device connects as far as to its `welcome`.
    TestConnection connect(long user) {
        return connect(user, "device-" + user);
    }

    TestConnection connect(long user, String deviceId) {
        var connection = new TestConnection();
        admit(user, deviceId, connection);
        return connection;
    }

    Session admit(long user, String deviceId, TestConnection connection) {
        var device = new Device(deviceId, Platform.WEB, "");
        audiences.prepare(user);
        var session = new Session(
                new Login(user, user, device, 0, 0, Long.MAX_VALUE),
                device,
                connection,
                Runnable::run,
                cluster.now.get());
        ends.replacedBy(session);
        sessions.add(session);
        audiences.entered(session);
        presence.came(session);
        return session;
    }

    void disconnect(Session session) {
        sessions.remove(session);
        audiences.leave(session.user());
        presence.went(session);
    }

    /// Commits and delivers.
    Entry send(ConversationId conversation, long sender) {
        var entry = commit(conversation, sender, TestCluster.text("m"));
        delivery.committed(List.of(entry));
        return entry;
    }

    Entry post(ConversationId conversation, long sender, Body body) {
        var entry = commit(conversation, sender, body);
        delivery.committed(List.of(entry));
        return entry;
    }

    /// Commits, and dies before anybody is told.
    Entry commit(ConversationId conversation, long sender, Body body) {
        return cluster.log.append(me.number(), conversation, sender, body, cluster.now.get());
    }

    void holes() {
        reconciler.holes();
    }

    void sweep() {
        reconciler.holes();
        reconciler.sweep();
    }

    /// kill -9.
    void die() {
        stop();
        cluster.registry.kill(me);
    }

    void stop() {
        if (!stopped) {
            stopped = true;
            bus.close();
            publisher.close();
        }
    }

    @Override
    public String epoch() {
        return "e";
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public <T> Committed<T> transact(Function<Transaction, Outcome<T>> work) {
        throw new IllegalStateException("these tests write nothing but entries");
    }
}
