package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.gateway.socketio.SocketPacket;
import io.magpie.protocol.socketio.Call;
import io.magpie.protocol.socketio.DialectWriter;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Packets of a Socket.IO page to [Request]s. What cannot be read is answered here; so is what concerns only the
/// page.
final class PageHandler extends ChannelInboundHandlerAdapter {
    private static final Rejection ATTACHMENTS =
            new Rejection(ErrorCode.MALFORMED, "attachments: there are some (expected: one JSON object)");
    private static final Rejection ROOMS =
            new Rejection(ErrorCode.TOO_LARGE, "leave_room: too many (expected: at most 1000 rooms left)");

    /// Pages of a demo know nothing but small numbers, and want to see each other.
    private static final List<Long> DEMO_USERS =
            LongStream.rangeClosed(1, Command.Presence.MAX_USERS).boxed().toList();

    /// What the request that opened the session brought.
    record Query(@Nullable String token, @Nullable String userId) {
        @Override
        public String toString() {
            return "Query[" + userId + "]";
        }
    }

    private final ClientConnection connection;
    private final Page page;
    private final Intake intake;
    private final Malformed malformed;
    private final GatewayStats stats;
    private final Query query;
    private boolean demo;

    PageHandler(
            ClientConnection connection,
            Page page,
            Intake intake,
            Malformed malformed,
            GatewayStats stats,
            Query query) {
        this.connection = connection;
        this.page = page;
        this.intake = intake;
        this.malformed = malformed;
        this.stats = stats;
        this.query = query;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // Later, because a reply is being written when the next question turns out to be needed.
        page.handledBy(
                (command, asked) -> connection.lane().execute(() -> ask(ctx, page.ask(asked), command)),
                () -> connection.lane().execute(() -> watchDemoUsers(ctx)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof SocketPacket packet)) {
            ctx.fireChannelRead(message);
        } else if (!connection.isEnding()) {
            stats.frameReceived();
            switch (packet) {
                case SocketPacket.Connect connect -> connect(ctx, connect);
                case SocketPacket.Event event -> event(ctx, event);
                case SocketPacket.Disconnect _ -> connection.end(CloseReason.CLIENT);
                case SocketPacket.Ack _ -> {}
            }
        }
    }

    private void connect(ChannelHandlerContext ctx, SocketPacket.Connect connect) {
        var auth = connect.auth().getBytes(StandardCharsets.UTF_8);
        switch (Call.hello(auth, query.token(), query.userId(), "socketio-" + page.sid())) {
            case Outcome.Rejected<Call.Hello>(var rejection) -> connection.write(Page.refused(ctx.alloc(), rejection));
            case Outcome.Done<Call.Hello>(var hello) -> {
                demo = hello.demo();
                page.wants(hello.pushes());
                page.speakThrough(connection, intake);
                ask(ctx, page.ask(new Page.Asked.Connect(demo)), hello.command());
            }
        }
    }

    private void event(ChannelHandlerContext ctx, SocketPacket.Event event) {
        if (!event.arguments().attachments().isEmpty()) {
            refuse(event, ATTACHMENTS);
        } else if (event.name().equals(SocketIoWire.EVENT)) {
            frame(ctx, event);
        } else {
            var argument = ByteBufUtil.getBytes(event.arguments().json());
            switch (Call.read(event.name(), argument, page.user(), page.clientId())) {
                case Outcome.Rejected<Call>(var rejection) -> refuse(event, rejection);
                case Outcome.Done<Call>(var call) -> {
                    malformed.wellFormed();
                    run(ctx, event, call);
                }
            }
        }
    }

    /// A request of the full protocol.
    private void frame(ChannelHandlerContext ctx, SocketPacket.Event event) {
        var decoded = page.decode(event.arguments().json());
        boolean answered = event.id() != SocketPacket.NO_ACK || decoded.id() != null;
        var id = answered ? page.ask(new Page.Asked.Frame(event.id(), decoded.id())) : null;
        switch (decoded.command()) {
            case Outcome.Rejected<Command>(var rejection) -> malformed.refuse(id, rejection);
            case Outcome.Done<Command>(var command) -> {
                malformed.wellFormed();
                ask(ctx, id, command);
            }
        }
    }

    private void run(ChannelHandlerContext ctx, SocketPacket.Event event, Call call) {
        switch (call) {
            case Call.Run(var command, var acknowledgement) ->
                ask(
                        ctx,
                        event.id() == SocketPacket.NO_ACK
                                ? null
                                : page.ask(new Page.Asked.Dialect(event.id(), acknowledgement)),
                        command);
            case Call.Room room -> {
                if (page.room(room)) {
                    connection.write(Page.ack(ctx.alloc(), event.id(), DialectWriter.done()));
                } else {
                    refuse(event, ROOMS);
                }
            }
            case Call.Online(var users) -> {
                if (!users.isEmpty() || demo) {
                    page.askPresence(event.id(), users.isEmpty() ? DEMO_USERS : users);
                } else {
                    ask(ctx, page.ask(new Page.Asked.Online(event.id(), Set.of())), new Command.Sync(0, null));
                }
            }
        }
    }

    private void refuse(SocketPacket.Event event, Rejection rejection) {
        var acknowledgement = new Call.Acknowledgement.Done();
        malformed.refuse(
                event.id() == SocketPacket.NO_ACK
                        ? null
                        : page.ask(new Page.Asked.Dialect(event.id(), acknowledgement)),
                rejection);
    }

    private static void ask(ChannelHandlerContext ctx, @Nullable String id, Command command) {
        ctx.fireChannelRead(new Request(id, command));
    }

    private void watchDemoUsers(ChannelHandlerContext ctx) {
        ask(ctx, null, new Command.Presence(DEMO_USERS));
    }
}
