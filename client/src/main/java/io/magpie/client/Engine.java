package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins the parts of a client: what the connection brings goes to the logs, the catalog and the cursors, and
/// what comes of it to the listener. On the lane.
final class Engine implements Reconnector.Owner, Logs.Sink, Outbox.Owner {
    private static final Duration SAVE_AFTER = Duration.ofSeconds(2);

    private final Lane lane;
    private final Consumer<ClientEvent> tell;
    private final LocalCopy copy;
    final Reconnector reconnector;
    final Outbox outbox;
    final Cursors cursors;
    final Catalog catalog;
    final Paging paging;
    final Synchronizer synchronizer;
    private final Logs logs;
    private final Follower follower;
    private Reply.@Nullable Welcome welcome;
    private List<Long> watched = List.of();
    private long me;
    private boolean listed;
    private boolean caughtUp;
    private boolean saving;
    private boolean settling;

    Engine(
            ClientRuntime runtime,
            ClientSettings settings,
            LocalCopy copy,
            Lane lane,
            Lane events,
            Consumer<ClientEvent> tell) {
        this.lane = lane;
        this.tell = tell;
        this.copy = copy;
        reconnector = new Reconnector(lane, events, runtime.transports().apply(settings.protocol()), settings, this);
        outbox = new Outbox(lane, reconnector, copy, settings, this);
        catalog = new Catalog(copy, item -> tell.accept(new ClientEvent.ConversationChanged(item)));
        cursors = new Cursors(lane, reconnector, copy, catalog::unread);
        paging = new Paging(reconnector, copy);
        logs = new Logs(settings.catchUp(), copy, this);
        follower = new Follower(lane, reconnector, logs, settings, this::progressed);
        synchronizer = new Synchronizer(lane, reconnector, this::listed, this::listComplete);
    }

    void start() {
        me = copy.owner().map(LocalCopy.Owner::user).orElse(0L);
        synchronizer.continueFrom(copy.syncedAt());
        catalog.load();
        outbox.load();
        cursors.load();
        reconnector.connect();
    }

    @Override
    public void changed(ConnectionState state) {
        tell.accept(new ClientEvent.ConnectionChanged(state));
    }

    @Override
    public void welcomed(Reply.Welcome greeting) {
        welcome = greeting;
        listed = false;
        caughtUp = false;
        recognize(new LocalCopy.Owner(greeting.userId(), greeting.epoch()));
        changed(new ConnectionState.Synchronizing(greeting));
        synchronizer.start();
        logs.behind().forEach(follower::now);
        outbox.connected();
        cursors.connected();
        if (!watched.isEmpty()) {
            watch(watched);
        }
    }

    private void recognize(LocalCopy.Owner owner) {
        LocalCopy.Owner before = copy.owner().orElse(null);
        if (owner.equals(before)) {
            return;
        }
        if (before != null && before.user() != owner.user()) {
            outbox.drop();
            cursors.clear();
        }
        me = owner.user();
        copy.begin(owner);
        logs.clear();
        synchronizer.continueFrom(0);
        catalog.load();
        if (before != null) {
            tell.accept(new ClientEvent.HistoryReset());
        }
    }

    @Override
    public void disconnected() {
        synchronizer.disconnected();
        follower.disconnected();
        outbox.disconnected();
    }

    @Override
    public void ended() {
        outbox.end();
        catalog.save();
    }

    @Override
    public void pushed(Event event) {
        switch (event) {
            case Event.EntryAdded(Entry entry) -> offer(entry);
            case Event.Read(ConversationId conversation, long user, long seq) -> {
                if (user == me) {
                    catalog.read(conversation, seq);
                    saveSoon();
                }
                tell.accept(new ClientEvent.ReadMoved(conversation, user, seq));
            }
            case Event.Delivered(ConversationId conversation, long user, long seq) ->
                tell.accept(new ClientEvent.DeliveredMoved(conversation, user, seq));
            case Event.Listened(ConversationId conversation, long user, long seq) ->
                tell.accept(new ClientEvent.Listened(conversation, user, seq));
            case Event.Typing(ConversationId conversation, long user, boolean active) ->
                tell.accept(new ClientEvent.Typing(conversation, user, active));
            case Event.Presence(var states) -> tell.accept(new ClientEvent.PresenceChanged(states));
            case Event.Lagging _ -> synchronizer.start();
            case Event.Bye _ -> throw new IllegalStateException("bye is the connection's");
        }
    }

    private void offer(Entry entry) {
        if (logs.offer(entry)) {
            follower.soon(logs.log(entry.conversation()));
        }
    }

    /// An entry exists that may not be pushed to this session, since it is the answer to a request of its own.
    void exists(ConversationId conversation, long seq) {
        ConversationLog log = logs.log(conversation);
        log.exists(seq);
        follower.soon(log);
    }

    private void listed(ConversationItem item) {
        catalog.listed(item);
        if (logs.listed(item)) {
            follower.now(logs.log(item.conversation()));
        }
    }

    private void listComplete() {
        Reply.Welcome greeting = welcome;
        if (!listed && greeting != null) {
            listed = true;
            changed(new ConnectionState.Online(greeting));
        }
        progressed();
    }

    /// A later process may continue from the last list only when what it promised is here.
    private void progressed() {
        if (!listed || !follower.isIdle()) {
            return;
        }
        if (copy.syncedAt() != synchronizer.since()) {
            copy.synced(synchronizer.since());
        }
        if (!caughtUp) {
            caughtUp = true;
            tell.accept(new ClientEvent.CaughtUp());
        }
    }

    @Override
    public void added(ConversationId conversation, List<Entry> entries) {
        for (Entry entry : entries) {
            tell.accept(new ClientEvent.EntryAdded(entry));
            catalog.added(entry);
            apply(entry);
        }
        if (!settling || entries.stream().anyMatch(entry -> entry.sender() != me)) {
            cursors.received(conversation, entries.getLast().seq());
        }
        if (!catalog.has(conversation)) {
            synchronizer.request();
        }
        saveSoon();
    }

    private void apply(Entry entry) {
        switch (entry.body()) {
            case Body.Recall(long target) -> change(entry, target);
            case Body.Edit(long target, var _) -> change(entry, target);
            case Body.MembersChanged change -> {
                if (change.users().contains(me)) {
                    synchronizer.request();
                }
            }
            case Body.GroupChanged _ -> synchronizer.request();
            case Body.Message _, Body.Reaction _, Body.Notice _ -> {}
        }
    }

    private void change(Entry cause, long target) {
        copy.entry(cause.conversation(), target).ifPresent(old -> {
            Entry now = Changes.apply(old, cause);
            if (!now.equals(old)) {
                copy.replace(now);
                catalog.replaced(old, now);
                tell.accept(new ClientEvent.EntryChanged(now));
            }
        });
    }

    @Override
    public void skipped(ConversationId conversation, long from, long to) {
        tell.accept(new ClientEvent.EntriesSkipped(conversation, from, to));
    }

    @Override
    public void unknown(ConversationId conversation) {
        synchronizer.request();
    }

    @Override
    public void queued(Command.Send message) {
        tell.accept(new ClientEvent.MessageQueued(message));
    }

    @Override
    public void sent(Command.Send message, Reply.Sent sent) {
        tell.accept(new ClientEvent.MessageSent(message.conversation(), message.clientId(), sent.seq()));
        if (sent.duplicate()) {
            // It may have been edited or recalled since: ask rather than guess.
            exists(message.conversation(), sent.seq());
            return;
        }
        Body body = new Body.Message(message.content(), message.replyTo(), message.mentions());
        settling = true;
        offer(new Entry(message.conversation(), sent.seq(), me, sent.sentAt(), message.clientId(), body));
        settling = false;
    }

    @Override
    public void failed(Command.Send message, Rejection rejection) {
        tell.accept(new ClientEvent.MessageFailed(message, rejection));
    }

    void read(ConversationId conversation, long seq) {
        catalog.read(conversation, seq);
        cursors.read(conversation, seq);
        saveSoon();
    }

    void watch(List<Long> users) {
        watched = users;
        var _ = reconnector.request(new Command.Presence(users)).whenComplete((reply, _) -> {
            if (reply instanceof Reply.Presence(var states)) {
                tell.accept(new ClientEvent.PresenceChanged(states));
            }
        });
    }

    /// The list changes with every entry; writing it now and then is enough, since a `sync` corrects it.
    private void saveSoon() {
        if (!saving && catalog.hasUnsaved()) {
            saving = true;
            lane.after(SAVE_AFTER, () -> {
                saving = false;
                catalog.save();
            });
        }
    }
}
