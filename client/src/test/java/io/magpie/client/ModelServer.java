package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.Codec;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A server for one user, in memory and in virtual time, that a test can make misbehave.
final class ModelServer implements Transport {
    static final long ME = 7;
    static final JsonCodec JSON = new JsonCodec();
    static final ProtobufCodec PROTOBUF = new ProtobufCodec();

    final Map<ConversationId, List<Entry>> logs = new LinkedHashMap<>();
    final Map<ConversationId, Long> firstSeq = new HashMap<>();
    final Map<ConversationId, Long> changedAt = new HashMap<>();
    final List<Command> heard = new ArrayList<>();
    final List<ModelLink> links = new ArrayList<>();
    final List<URI> addresses = new ArrayList<>();
    final VirtualTime time;
    /// Delay of the next frame; answers and pushes overtake each other with a random one.
    Delay delay = () -> 1;
    /// Answers instead of the model; null from it means that the model answers.
    Function<Command, @Nullable Reply> script = _ -> null;
    /// What both sides speak; to be set before a client connects.
    Codec codec = JSON;
    String epoch = "e1";
    long user = ME;
    long heartbeatMs = 30_000;
    boolean up = true;
    boolean silent;
    boolean echoes = true;

    interface Delay {
        long next();
    }

    ModelServer(VirtualTime time) {
        this.time = time;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public void open(URI address, Listener listener) {
        addresses.add(address);
        if (!up) {
            time.after(Duration.ofMillis(1), () -> listener.closed("refused"));
            return;
        }
        ModelLink link = new ModelLink(this, listener);
        links.add(link);
        time.after(Duration.ofMillis(1), () -> listener.opened(link));
    }

    ModelLink link() {
        return links.getLast();
    }

    boolean connected() {
        return !links.isEmpty() && !link().closed && link().greeted;
    }

    int size(ConversationId conversation) {
        return logs.getOrDefault(conversation, List.of()).size();
    }

    /// Commits an entry and pushes it.
    Entry commit(ConversationId conversation, long sender, Body body) {
        Entry entry = store(conversation, sender, null, body);
        if (connected()) {
            link().push(new Event.EntryAdded(entry));
        }
        return entry;
    }

    Entry store(ConversationId conversation, long sender, @Nullable String clientId, Body body) {
        List<Entry> log = logs.computeIfAbsent(conversation, _ -> new ArrayList<>());
        Entry entry = new Entry(conversation, log.size() + 1L, sender, time.millis(), clientId, body);
        log.add(entry);
        changedAt.put(conversation, time.millis());
        return entry;
    }

    static Body text(String text) {
        return new Body.Message(new Content.Text(text), 0, Mentions.NONE);
    }

    void received(ModelLink link, byte[] frame) {
        Decoded decoded = codec.decodeRequest(frame);
        if (!(decoded.command() instanceof Outcome.Done<Command>(Command command))) {
            throw new AssertionError("client sent what the protocol does not know");
        }
        heard.add(command);
        if (silent && !(command instanceof Command.Hello)) {
            return;
        }
        Reply scripted = script.apply(command);
        Reply reply = scripted == null ? answer(link, command) : scripted;
        if (decoded.id() != null) {
            link.later(codec.encodeReply(decoded.id(), reply));
        }
    }

    private Reply answer(ModelLink link, Command command) {
        return switch (command) {
            case Command.Hello _ -> {
                link.greeted = true;
                yield new Reply.Welcome(user, 1, "n1", epoch, time.millis(), heartbeatMs, 65536);
            }
            case Command.Ping _ -> new Reply.Pong(time.millis());
            case Command.Send send -> sent(send);
            case Command.Sync(long since, String cursor) -> sync(since, cursor);
            case Command.History(ConversationId conversation, Command.Range range, int limit) ->
                history(conversation, range, limit);
            case Command.Read _ -> new Reply.Unread(0);
            case Command.Presence _ -> new Reply.Presence(List.of());
            case Command.Recall(ConversationId c, long seq) -> recorded(c, new Body.Recall(seq));
            case Command.Edit(ConversationId c, long seq, Content content) -> recorded(c, new Body.Edit(seq, content));
            case Command.React(ConversationId c, long seq, String emoji, boolean active) ->
                recorded(c, new Body.Reaction(seq, emoji, active));
            case Command.Received _, Command.Listened _, Command.Typing _, Command.Bye _ -> new Reply.Ok();
        };
    }

    private Reply recorded(ConversationId conversation, Body body) {
        return new Reply.Recorded(
                echoes
                        ? commit(conversation, user, body).seq()
                        : store(conversation, user, null, body).seq());
    }

    private Reply sent(Command.Send send) {
        List<Entry> log = logs.getOrDefault(send.conversation(), List.of());
        for (Entry entry : log) {
            if (send.clientId().equals(entry.clientId())) {
                return new Reply.Sent(send.conversation(), entry.seq(), entry.sentAt(), true);
            }
        }
        Body body = new Body.Message(send.content(), send.replyTo(), send.mentions());
        Entry entry = store(send.conversation(), user, send.clientId(), body);
        return new Reply.Sent(send.conversation(), entry.seq(), entry.sentAt(), false);
    }

    /// Two conversations per page.
    private Reply sync(long since, @Nullable String cursor) {
        List<ConversationId> changed = logs.keySet().stream()
                .filter(id -> changedAt.getOrDefault(id, 0L) >= since)
                .toList();
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(changed.size(), from + 2);
        List<ConversationItem> items =
                changed.subList(Math.min(from, to), to).stream().map(this::item).toList();
        return new Reply.Conversations(items, time.millis(), to < changed.size() ? Integer.toString(to) : null);
    }

    ConversationItem item(ConversationId id) {
        List<Entry> log = logs.getOrDefault(id, List.of());
        return new ConversationItem(
                id,
                "title of " + id,
                "",
                Member.State.MEMBER,
                firstSeq.getOrDefault(id, 1L),
                log.size(),
                0,
                (int) log.stream().filter(entry -> entry.sender() != user).count(),
                false,
                false,
                false,
                false,
                log.isEmpty() ? null : log.getLast());
    }

    private Reply history(ConversationId conversation, Command.Range range, int limit) {
        List<Entry> log = logs.get(conversation);
        if (log == null) {
            return new Reply.Failed(new Rejection(ErrorCode.NOT_FOUND, "conversation: " + conversation));
        }
        int visible = (int) (firstSeq.getOrDefault(conversation, 1L) - 1);
        int from;
        int to;
        switch (range) {
            case Command.Range.After(long seq) -> {
                from = Math.clamp(seq, visible, log.size());
                to = Math.min(log.size(), from + limit);
            }
            case Command.Range.Before(long seq) -> {
                to = Math.clamp(seq - 1, visible, log.size());
                from = Math.max(visible, to - limit);
            }
        }
        boolean more = range instanceof Command.Range.After ? to < log.size() : from > visible;
        return new Reply.Entries(conversation, log.subList(from, to), more);
    }
}
