package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.Rejection;
import io.magpie.gateway.socketio.Namespaces;
import io.magpie.gateway.socketio.SocketFrames;
import io.magpie.gateway.socketio.SocketPacket;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.socketio.Call;
import io.magpie.protocol.socketio.DialectWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One Socket.IO page: pushes are those of all pages, replies become acknowledgements of what this page asked. On the
/// lane only.
final class Page implements Wire {
    /// A person turns few rooms off; what is more would be the server's memory.
    private static final int MAX_LEFT = 1000;

    private static final Call.Acknowledgement DONE = new Call.Acknowledgement.Done();

    /// What waits for a reply, by the id its request has inside. Bounded by [InFlight], and for CONNECT by the
    /// barrier.
    sealed interface Asked {
        record Connect(boolean demo) implements Asked {}

        /// @param id the request's own
        record Frame(long ack, @Nullable String id) implements Asked {}

        record Dialect(long ack, Call.Acknowledgement acknowledgement) implements Asked {}

        /// @param peers found so far; null when their presence is asked
        record Online(long ack, @Nullable Set<Long> peers) implements Asked {}
    }

    private final JsonCodec codec;
    private final Namespaces namespaces;
    private final String sid;
    private final Map<String, Asked> asked = new HashMap<>(4);
    private final Set<ConversationId> left = new HashSet<>(0);
    private SocketIoWire shared;
    private BiConsumer<Command, Asked> next = (_, _) -> {};
    private Runnable demo = () -> {};
    private long user;
    private long requests;
    private long messages;

    Page(JsonCodec codec, Namespaces namespaces, String sid) {
        this.codec = codec;
        this.namespaces = namespaces;
        this.sid = sid;
        this.shared = new SocketIoWire(codec, Call.Pushes.BOTH);
    }

    void speakThrough(ClientConnection connection, Intake intake) {
        connection.speak(this, shared, intake);
    }

    /// As the page asked for with CONNECT; before it is admitted.
    void wants(Call.Pushes pushes) {
        shared = new SocketIoWire(codec, pushes);
    }

    /// @param asking on behalf of the page
    /// @param admitted what follows when a demo page was
    void handledBy(BiConsumer<Command, Asked> asking, Runnable admitted) {
        next = asking;
        demo = admitted;
    }

    String sid() {
        return sid;
    }

    /// 0 until it is admitted.
    long user() {
        return user;
    }

    /// Unique for this user, for a message that brings no id of its own.
    String clientId() {
        return sid + "-" + messages++;
    }

    /// The id to be given to the request.
    String ask(Asked waiting) {
        var id = Long.toString(requests++);
        asked.put(id, waiting);
        return id;
    }

    /// False if too many rooms were left.
    boolean room(Call.Room room) {
        if (room.wanted()) {
            left.remove(room.conversation());
            return true;
        }
        return left.contains(room.conversation()) || (left.size() < MAX_LEFT && left.add(room.conversation()));
    }

    @Override
    public Decoded decode(ByteBuf argument) {
        return shared.decode(argument);
    }

    @Override
    public boolean wants(Event event) {
        return left.isEmpty()
                || switch (event) {
                    case Event.Typing typing -> !left.contains(typing.conversation());
                    case Event.Read read -> !left.contains(read.conversation());
                    case Event.EntryAdded _, Event.Delivered _, Event.Listened _ -> true;
                    case Event.Presence _, Event.Lagging _, Event.Bye _ -> true;
                };
    }

    @Override
    public ByteBuf event(ByteBufAllocator allocator, Event event) {
        return shared.event(allocator, event);
    }

    @Override
    public ByteBuf reply(ByteBufAllocator allocator, @Nullable String requestId, Reply reply) {
        return switch (requestId == null ? null : asked.remove(requestId)) {
            case null -> shared.reply(allocator, null, reply);
            case Asked.Connect connect -> connected(allocator, connect, reply);
            case Asked.Frame(long ack, var id) ->
                ack == SocketPacket.NO_ACK
                        ? shared.reply(allocator, id, reply)
                        : ack(allocator, ack, SocketPacket.Arguments.of(codec.encodeReply(id, reply)));
            case Asked.Dialect(long ack, var acknowledgement) ->
                ack(allocator, ack, DialectWriter.acknowledgement(acknowledgement, reply));
            case Asked.Online online -> online(allocator, online, reply);
        };
    }

    private ByteBuf connected(ByteBufAllocator allocator, Asked.Connect connect, Reply reply) {
        return switch (reply) {
            case Reply.Welcome welcome -> {
                user = welcome.userId();
                if (connect.demo()) {
                    demo.run();
                }
                var frames = namespaces.enter(allocator, SocketPacket.MAIN, sid + "s");
                var pushed = shared.reply(allocator, null, welcome);
                frames.writeBytes(pushed);
                pushed.release();
                yield frames;
            }
            case Reply.Failed(var rejection) -> refused(allocator, rejection);
            default -> throw new IllegalStateException("hello is answered with welcome or an error");
        };
    }

    static ByteBuf refused(ByteBufAllocator allocator, Rejection rejection) {
        return SocketFrames.refused(allocator, SocketPacket.MAIN, DialectWriter.refusal(rejection));
    }

    // First everybody the user writes with, page by page, then who of them is online.
    private ByteBuf online(ByteBufAllocator allocator, Asked.Online online, Reply reply) {
        return switch (reply) {
            case Reply.Presence(var states) -> ack(allocator, online.ack(), DialectWriter.online(states));
            case Reply.Conversations(var items, var _, var cursor)
            when online.peers() != null -> {
                var peers = new HashSet<>(online.peers());
                items.stream()
                        .map(item -> item.conversation())
                        .filter(c -> c.kind() == ConversationId.Kind.DIRECT)
                        .forEach(c -> peers.add(c.peerOf(user)));
                if (cursor == null || peers.size() >= Command.Presence.MAX_USERS) {
                    askPresence(online.ack(), List.copyOf(peers));
                } else {
                    next.accept(new Command.Sync(0, cursor), new Asked.Online(online.ack(), peers));
                }
                yield Unpooled.EMPTY_BUFFER;
            }
            default -> ack(allocator, online.ack(), DialectWriter.acknowledgement(DONE, reply));
        };
    }

    void askPresence(long ack, List<Long> users) {
        var some = users.subList(0, Math.min(users.size(), Command.Presence.MAX_USERS));
        next.accept(new Command.Presence(List.copyOf(some)), new Asked.Online(ack, null));
    }

    static ByteBuf ack(ByteBufAllocator allocator, long id, String json) {
        return ack(allocator, id, SocketPacket.Arguments.of(json));
    }

    private static ByteBuf ack(ByteBufAllocator allocator, long id, SocketPacket.Arguments arguments) {
        return id == SocketPacket.NO_ACK
                ? Unpooled.EMPTY_BUFFER
                : SocketFrames.ack(allocator, SocketPacket.MAIN, id, arguments);
    }

    @Override
    public ByteBuf probe(ByteBufAllocator allocator) {
        return shared.probe(allocator);
    }

    @Override
    public ByteBuf goodbye(ByteBufAllocator allocator, CloseReason reason) {
        return shared.goodbye(allocator, reason);
    }
}
