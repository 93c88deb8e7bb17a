package io.magpie.bench.dialect;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Scan;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Entry;
import io.magpie.protocol.Codec;
import io.magpie.protocol.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all forms of Magpie's protocol have in common. The frames that come by the thousand are read and written in
/// place by each form; all others go through the project's own codec.
abstract class MagpieDialect implements Dialect {
    private static final String HELLO = "h";
    private static final String SYNC = "s";
    private static final String PULL = "p";

    private final Codec codec;
    private final MagpieAccounts accounts;
    private final byte[] clientIdPrefix;

    /// @param unique makes client ids unique across rounds and runs
    MagpieDialect(Codec codec, MagpieAccounts accounts, String unique) {
        this.codec = codec;
        this.accounts = accounts;
        this.clientIdPrefix = Scan.ascii(unique + "-");
    }

    /// What a device remembers.
    private static final class Held {
        private final Map<String, Long> seqs = new HashMap<>();
        /// Up to where the device holds everything. While it fetches what it missed, pushes already come from beyond.
        private final Map<String, Long> complete = new HashMap<>();

        private final Deque<ConversationItem> toPull = new ArrayDeque<>();
        private byte[] latest = {};
        private String latestName = "";
        private long latestSeq;
        private long syncedAt;
        private long nextSyncedAt;
        private boolean caughtUp = true;
        private boolean silent = true;

        /// Most entries come where the one before came.
        String came(byte[] bytes, int from, int to, long seq) {
            if (!Arrays.equals(latest, 0, latest.length, bytes, from, to)) {
                seqs.merge(latestName, latestSeq, Math::max);
                latest = Arrays.copyOfRange(bytes, from, to);
                latestName = new String(latest, StandardCharsets.US_ASCII);
                latestSeq = 0;
            }
            latestSeq = Math.max(seq, latestSeq);
            silent = false;
            return latestName;
        }

        Map<String, Long> all() {
            seqs.merge(latestName, latestSeq, Math::max);
            return seqs;
        }

        long seq(String conversation) {
            return all().getOrDefault(conversation, 0L);
        }
    }

    private static Held held(User user) {
        return user.memory(Held.class, Held::new);
    }

    byte[] clientIdPrefix() {
        return clientIdPrefix;
    }

    String token(User user) {
        return accounts.token(user.index());
    }

    /// A request that is not a message, as this form sends it.
    void request(User user, byte[] frame) {
        user.send(user.compose().put(frame));
    }

    @Override
    public String requestTarget(int user) {
        return "/ws";
    }

    @Override
    public void prepare(int users) {
        accounts.prepare(users);
    }

    @Override
    public void opened(User user) {
        remember(user);
        ask(user, HELLO, new Command.Hello(token(user), device(user)));
    }

    /// Whoever goes before all is fetched has to fetch the same again.
    static void remember(User user) {
        if (user.comesAndGoes() && held(user).caughtUp) {
            held(user).complete.putAll(held(user).all());
        }
    }

    static Device device(User user) {
        return new Device("bench-" + user.device(), Platform.BOT, "");
    }

    private void ask(User user, @Nullable String id, Command command) {
        request(user, codec.encodeRequest(new Request(id, command)));
    }

    /// A message of the load came, or anything else that is an entry and was read in place.
    ///
    /// @param name and `nameEnd`: where the conversation's id stands
    void entry(User user, byte[] bytes, int from, int to, int name, int nameEnd, long seq) {
        var _ = user.received(bytes, from, to, held(user).came(bytes, name, nameEnd, seq), seq);
    }

    /// Any frame that the form has not handled itself.
    void other(User user, byte[] bytes, int from, int to) {
        switch (codec.decodeServerFrame(Arrays.copyOfRange(bytes, from, to))) {
            case ServerFrame.Answer answer -> answer(user, answer);
            case ServerFrame.Push push -> push(user, push.event());
            case ServerFrame.Ping _ -> ask(user, null, new Command.Ping());
            case ServerFrame.Unknown unknown -> user.failed("unknown frame " + unknown.type());
        }
    }

    private void answer(User user, ServerFrame.Answer answer) {
        switch (answer.reply()) {
            case Reply.Welcome welcome -> user.ready(welcome.userId());
            case Reply.Conversations conversations -> conversations(user, conversations);
            case Reply.Entries entries -> entries(user, entries);
            case Reply.Failed failed -> failed(user, answer.id(), failed);
            case Reply.Sent _ -> user.acknowledged(number(answer.id()));
            case Reply.Pong _, Reply.Ok _, Reply.Unread _, Reply.Recorded _, Reply.Presence _ -> {}
        }
    }

    private static long number(@Nullable String id) {
        byte[] digits = Scan.ascii(id == null ? "" : id);
        return Scan.decimal(digits, 0, digits.length);
    }

    private static void failed(User user, @Nullable String id, Reply.Failed failed) {
        String reason =
                failed.rejection().code().wireName() + " " + failed.rejection().message();
        long number = number(id);
        if (number < 0) {
            user.failed(reason);
        } else {
            user.refused(number, reason);
        }
    }

    private static void push(User user, Event event) {
        switch (event) {
            case Event.EntryAdded added -> {
                Entry entry = added.entry();
                held(user).seqs.merge(entry.conversation().toString(), entry.seq(), Math::max);
            }
            case Event.Bye bye -> user.failed("bye " + bye.reason().wireName());
            // `lagging` is no loss yet: what does not come in the end is counted as lost.
            case Event.Lagging _,
                    Event.Read _,
                    Event.Delivered _,
                    Event.Listened _,
                    Event.Typing _,
                    Event.Presence _ -> {}
        }
    }

    @Override
    public void sync(User user) {
        held(user).toPull.clear();
        held(user).caughtUp = false;
        ask(user, SYNC, new Command.Sync(held(user).syncedAt, null));
    }

    private void conversations(User user, Reply.Conversations page) {
        Held held = held(user);
        for (ConversationItem item : page.items()) {
            if (item.lastSeq() > held.complete.getOrDefault(item.conversation().toString(), 0L)) {
                held.toPull.add(item);
            }
        }
        if (page.cursor() != null) {
            ask(user, SYNC, new Command.Sync(held.syncedAt, page.cursor()));
        } else {
            held.nextSyncedAt = page.syncedAt();
            user.synced();
        }
    }

    @Override
    public void pull(User user) {
        ConversationItem next = held(user).toPull.peek();
        if (next == null) {
            held(user).caughtUp = true;
            held(user).syncedAt = held(user).nextSyncedAt;
            user.pulled();
        } else {
            long after = Math.max(
                    next.firstSeq() - 1,
                    held(user).complete.getOrDefault(next.conversation().toString(), 0L));
            ask(
                    user,
                    PULL,
                    new Command.History(
                            next.conversation(), new Command.Range.After(after), Command.History.MAX_LIMIT));
        }
    }

    private void entries(User user, Reply.Entries page) {
        Held held = held(user);
        String name = page.conversation().toString();
        for (Entry entry : page.entries()) {
            held.complete.merge(name, entry.seq(), Math::max);
            byte[] whole = codec.encodeEvent(new Event.EntryAdded(entry));
            user.fetched(whole, 0, whole.length, name, entry.seq());
        }
        if (!page.more()) {
            held.seqs.merge(name, held.complete.getOrDefault(name, 0L), Math::max);
            held.toPull.poll();
        }
        pull(user);
    }

    @Override
    public byte[] address(User user, User peer) {
        return Scan.ascii(ConversationId.direct(user.id(), peer.id()).toString());
    }

    @Override
    public boolean keepsGroups() {
        return true;
    }

    @Override
    public byte[] group(List<User> members) {
        long group = accounts.group(
                members.getFirst().index(),
                members.stream().skip(1).map(User::id).toList());
        return Scan.ascii("g." + group);
    }

    /// Says what has been received, as a client must now and then.
    @Override
    public void keepAlive(User user) {
        Held held = held(user);
        Optional<ConversationId> latest = held.silent ? Optional.empty() : ConversationId.parse(held.latestName);
        held.silent = true;
        ask(
                user,
                null,
                latest.<Command>map(at -> new Command.Received(at, held.latestSeq))
                        .orElse(new Command.Ping()));
    }

    @Override
    public void read(User user, byte[] address) {
        about(user, address)
                .ifPresent(at -> ask(user, null, new Command.Read(at, held(user).seq(at.toString()))));
    }

    @Override
    public void typing(User user, byte[] address, boolean active) {
        about(user, address).ifPresent(at -> ask(user, null, new Command.Typing(at, active)));
    }

    /// Empty for a conversation in which nothing has come yet: a direct one begins with its first message.
    private static Optional<ConversationId> about(User user, byte[] address) {
        return ConversationId.parse(new String(address, StandardCharsets.US_ASCII))
                .filter(at -> held(user).seq(at.toString()) > 0);
    }
}
