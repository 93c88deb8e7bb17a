package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.session.CommandHandler;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import io.magpie.core.session.Weight;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket from accept to close, whatever it speaks. It ends in one place, [#end], once, with a reason. On
/// the lane only.
///
/// Closing is patient: the last frames are flushed, the sending side is shut, and what still comes in is
/// thrown away until the peer closes too or the grace is over. Closing at once would make the kernel answer
/// late bytes with a reset, which can destroy the last frames before the peer has read them.
final class ClientConnection implements Connection {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    private enum Phase {
        /// Before a successful hello.
        ARRIVING,
        OPEN,
        /// Takes no new requests; ends when those accepted are answered.
        LEAVING,
        CLOSING,
        GONE,
        /// The socket now carries sessions that are connections of their own.
        HANDED_OVER
    }

    /// What a connection has once its transport is set up.
    private record Speech(Wire wire, EncodedEvents events, Intake intake) {}

    private final Channel channel;
    private volatile InetAddress peer;
    private final LoopLane lane;
    private final GatewaySettings settings;
    private final CommandHandler handler;
    private final GatewayStats stats;
    private final Outbox outbox;
    private final InFlight inFlight = new InFlight();
    private Phase phase = Phase.ARRIVING;
    private @Nullable Speech speech;
    private @Nullable Session session;
    private @Nullable Unacknowledged unacknowledged;
    private @Nullable Runnable farewell;
    private long deadline;
    private long lastInbound;
    private long probedAt;
    private int place;

    ClientConnection(
            Channel channel,
            InetAddress peer,
            LoopLane lane,
            GatewaySettings settings,
            CommandHandler handler,
            GatewayStats stats) {
        this.channel = channel;
        this.peer = peer;
        this.lane = lane;
        this.settings = settings;
        this.handler = handler;
        this.stats = stats;
        this.outbox = new Outbox(channel, lane, settings.slowReaders(), stats);
        this.lastInbound = lane.now();
        this.deadline = lastInbound + settings.liveness().helloTimeout().toNanos();
    }

    /// The transport is set up: from here on frames go out as `wire` says.
    void speak(Wire wire, Intake intake) {
        speak(wire, wire, intake);
    }

    /// As above, where pushes look alike for many connections but replies do not.
    void speak(Wire wire, Wire pushes, Intake intake) {
        speech = new Speech(wire, lane.encoded(pushes, channel.alloc()), intake);
    }

    /// The connection has a user now; false if it came too late for that.
    boolean open(Session admitted) {
        if (phase != Phase.ARRIVING) {
            return false;
        }
        phase = Phase.OPEN;
        session = admitted;
        stats.sessionOpened();
        return true;
    }

    @Override
    public LoopLane lane() {
        return lane;
    }

    @Override
    public String address() {
        return peer.getHostAddress();
    }

    /// Where the client is, as far as is known.
    InetAddress peer() {
        return peer;
    }

    /// The peer turned out to be a proxy, and this the client behind it. On the lane, before anything is served.
    void comesFrom(InetAddress client) {
        peer = client;
    }

    @Override
    public void push(Event event, Weight weight) {
        if (isEnding() || speech == null || !speech.wire.wants(event)) {
            return;
        }
        if (!outbox.admits(weight)) {
            outbox.drop(event, weight);
            return;
        }
        outbox.write(speech.events.frameOf(event));
        if (event instanceof Event.EntryAdded(var entry)) {
            unacknowledged = unacknowledged == null ? new Unacknowledged() : unacknowledged;
            unacknowledged.pushed(entry.conversation(), entry.seq(), lane.now());
        }
    }

    @Override
    public void reply(@Nullable String requestId, Reply reply) {
        answer(requestId, reply);
        if (speech == null) {
            return;
        }
        if (speech.intake.isPaused(Intake.Pause.HELLO)) {
            resume(Intake.Pause.HELLO);
            return;
        }
        inFlight.end(requestId);
        if (!inFlight.isFull()) {
            resume(Intake.Pause.BUSY);
        }
        if (phase == Phase.LEAVING && inFlight.isEmpty()) {
            leaveNow();
        }
    }

    /// Says it without counting it as the answer of a request in flight.
    void answer(@Nullable String requestId, Reply reply) {
        if (!isEnding() && speech != null && (requestId != null || reply instanceof Reply.Failed)) {
            write(speech.wire.reply(channel.alloc(), requestId, reply));
        }
    }

    /// A complete frame of the connection's transport.
    void write(ByteBuf frame) {
        if (isEnding() || !frame.isReadable()) {
            frame.release();
        } else if (outbox.isPastHardLimit()) {
            frame.release();
            end(CloseReason.SLOW, new Event.Bye(Event.Bye.Reason.SLOW));
        } else {
            outbox.write(frame);
        }
    }

    @Override
    public void bye(Event.Bye bye) {
        var reason = CloseReason.of(bye.reason());
        switch (bye.reason()) {
            case DRAINING, MOVED -> leave(() -> end(reason, bye));
            case REPLACED, LOGGED_OUT, KICKED, IDLE, SLOW -> end(reason, bye);
        }
    }

    @Override
    public void close() {
        leave(() -> end(CloseReason.CLIENT));
    }

    /// Takes no new requests, waits for the answers of those in flight, then runs `words`, which ends the
    /// connection.
    void leave(Runnable words) {
        switch (phase) {
            case ARRIVING -> words.run();
            case OPEN -> {
                phase = Phase.LEAVING;
                farewell = words;
                deadline = lane.now() + settings.liveness().closeGrace().toNanos();
                pause(Intake.Pause.LEAVING);
                if (inFlight.isEmpty()) {
                    leaveNow();
                }
            }
            case LEAVING, CLOSING, GONE, HANDED_OVER -> {}
        }
    }

    private void leaveNow() {
        var words = farewell;
        farewell = null;
        if (words != null) {
            words.run();
        }
    }

    void begin(Request request) {
        inFlight.begin(request);
        if (inFlight.isFull()) {
            pause(Intake.Pause.BUSY);
        }
    }

    void pause(Intake.Pause reason) {
        if (speech != null && !isEnding()) {
            speech.intake.pause(reason);
        }
    }

    private void resume(Intake.Pause reason) {
        if (speech != null && speech.intake.isPaused(reason)) {
            // While nothing was read the peer could not prove that it lives.
            lastInbound = lane.now();
            speech.intake.resume(reason);
        }
    }

    void received(ConversationId conversation, long seq) {
        if (unacknowledged != null) {
            unacknowledged.received(conversation, seq, lane.now());
            unacknowledged = unacknowledged.isEmpty() ? null : unacknowledged;
        }
    }

    void arrived(int bytes) {
        lastInbound = lane.now();
        stats.received(bytes);
    }

    void writabilityChanged(boolean writable) {
        if (isEnding()) {
            return;
        }
        if (writable) {
            outbox.writable();
            resume(Intake.Pause.UNWRITABLE);
            lane.execute(this::tellMissed);
        } else {
            outbox.unwritable(lane.now());
            pause(Intake.Pause.UNWRITABLE);
        }
    }

    private void tellMissed() {
        if (!isEnding() && outbox.isWritable() && speech != null) {
            var missed = outbox.takeMissed();
            if (missed != null) {
                outbox.write(speech.wire.event(channel.alloc(), missed));
            }
        }
    }

    /// Looks at every time-out of this connection.
    void check(long now) {
        switch (phase) {
            case ARRIVING -> {
                if (now >= deadline) {
                    end(CloseReason.HELLO_TIMEOUT, null);
                }
            }
            case OPEN -> checkPeer(now);
            case LEAVING -> {
                if (now >= deadline) {
                    leaveNow();
                }
            }
            case CLOSING -> {
                if (now >= deadline) {
                    closeSocket();
                }
            }
            case GONE, HANDED_OVER -> {}
        }
    }

    private void checkPeer(long now) {
        var liveness = settings.liveness();
        if (outbox.stuckSince(now - settings.slowReaders().slowClose().toNanos())) {
            end(CloseReason.SLOW, new Event.Bye(Event.Bye.Reason.SLOW));
        } else if (speech != null && !speech.intake.isPaused()) {
            if (now - lastInbound > 2 * liveness.heartbeat().toNanos() || probeFailed(now, liveness.probeAnswer())) {
                end(CloseReason.IDLE, new Event.Bye(Event.Bye.Reason.IDLE));
            } else if (probedAt == 0
                    && unacknowledged != null
                    && unacknowledged.anyBefore(now - liveness.ackTimeout().toNanos())) {
                probedAt = now;
                stats.probed();
                write(speech.wire.probe(channel.alloc()));
            }
        }
    }

    private boolean probeFailed(long now, Duration patience) {
        if (probedAt == 0) {
            return false;
        }
        if (lastInbound <= probedAt) {
            return now - probedAt > patience.toNanos();
        }
        probedAt = 0;
        if (unacknowledged != null) {
            unacknowledged.proofOfLife(now);
        }
        return false;
    }

    void end(CloseReason reason) {
        end(reason, null);
    }

    private void end(CloseReason reason, Event.@Nullable Bye bye) {
        if (isEnding()) {
            return;
        }
        phase = Phase.CLOSING;
        deadline = lane.now() + settings.liveness().closeGrace().toNanos();
        settle(reason);
        if (speech != null) {
            if (bye != null) {
                outbox.write(speech.wire.event(channel.alloc(), bye));
            }
            var goodbye = speech.wire.goodbye(channel.alloc(), reason);
            if (goodbye.isReadable()) {
                outbox.write(goodbye);
            } else {
                goodbye.release();
            }
        }
        channel.config().setAutoRead(true);
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(f -> shutOutput(f.isSuccess()));
    }

    private void shutOutput(boolean flushed) {
        var tls = channel.pipeline().get(SslHandler.class);
        if (flushed && tls != null) {
            // TLS has an end of its own, without which a peer takes the stream for cut off.
            var _ = tls.closeOutbound().addListener(f -> shutSocket(f.isSuccess()));
        } else {
            shutSocket(flushed);
        }
    }

    private void shutSocket(boolean flushed) {
        if (flushed && channel instanceof DuplexChannel duplex && channel.isActive()) {
            var _ = duplex.shutdownOutput().addListener((ChannelFuture f) -> {
                if (!f.isSuccess()) {
                    closeSocket();
                }
            });
        } else {
            closeSocket();
        }
    }

    private void closeSocket() {
        var _ = channel.close();
    }

    /// The peer is known to be gone, or there is no time for manners.
    void abandon(CloseReason reason) {
        if (!isEnding()) {
            phase = Phase.CLOSING;
            settle(reason);
        }
        closeSocket();
    }

    /// The socket is closed.
    void gone() {
        if (phase == Phase.HANDED_OVER) {
            stats.disconnected();
            return;
        }
        if (!isEnding()) {
            settle(CloseReason.GONE);
        }
        phase = Phase.GONE;
        lane.remove(this);
        stats.disconnected();
    }

    /// The socket is no connection by itself but carries some; from here on only its end is counted here.
    void handOver() {
        phase = Phase.HANDED_OVER;
        lane.remove(this);
    }

    /// What every end has in common, once.
    private void settle(CloseReason reason) {
        stats.connectionClosed(reason);
        farewell = null;
        unacknowledged = null;
        var _ = outbox.takeMissed();
        if (speech != null) {
            speech.intake.discard();
        }
        var ended = session;
        if (ended == null) {
            log.debug("connection from {} closed: {}", address(), reason);
            return;
        }
        log.debug("session {} of user {} closed: {}", ended.login().id(), ended.user(), reason);
        session = null;
        stats.sessionClosed();
        // Not from here: whoever ends a session may be in the middle of walking over all of them.
        lane.execute(() -> handler.closed(ended));
    }

    boolean isEnding() {
        return phase == Phase.CLOSING || phase == Phase.GONE || phase == Phase.HANDED_OVER;
    }

    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }
}
