package io.magpie.gateway;

import io.magpie.core.command.Reply;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.CommandHandler;
import io.netty.channel.Channel;

/// The TCP port: protobuf frames from the first byte on. The method that lists handlers is the whole pipeline.
final class TcpTransport implements Transport {
    private static final Reply TOO_MANY = new Reply.Failed(
            new Rejection(ErrorCode.UNAVAILABLE, "connections: too many (expected: fewer; try again later)"));

    private final GatewaySettings settings;
    private final CommandHandler handler;
    private final GatewayStats stats;
    private final Arrivals arrivals;
    private final Wire wire;

    TcpTransport(GatewaySettings settings, CommandHandler handler, GatewayStats stats, Arrivals arrivals, Wire wire) {
        this.settings = settings;
        this.handler = handler;
        this.stats = stats;
        this.arrivals = arrivals;
        this.wire = wire;
    }

    @Override
    public void accept(Channel channel, LoopLane lane) {
        var connection = arrivals.arrive(channel, lane);
        if (connection == null) {
            return;
        }
        var intake = new Intake(lane);
        var malformed = new Malformed(connection, stats);
        connection.speak(wire, intake);
        channel.pipeline()
                .addLast("frames", new TcpFrames(connection, stats, settings.maxFrameBytes()))
                .addLast("intake", intake)
                .addLast("requests", new RequestDecoder(wire, malformed))
                .addLast("barrier", new HelloBarrier(connection, handler))
                .addLast("last", new LastResort(connection));
        if (arrivals.exceededBy(connection)) {
            // Not while the socket is being set up.
            lane.execute(() -> {
                connection.answer(null, TOO_MANY);
                connection.end(CloseReason.REFUSED);
            });
        }
    }
}
