package io.magpie.gateway;

import io.magpie.core.limit.TrustedProxies;
import io.magpie.core.session.CommandHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/// The realtime port: every connection starts as HTTP and, if the handshake succeeds, goes on as a WebSocket.
/// The two methods that list handlers are the whole pipeline before and after.
final class WebSocketTransport implements Transport {
    /// Room for a token in the query.
    private static final int MAX_REQUEST_LINE = 10_240;

    private static final int MAX_HEADERS = 8192;

    private final GatewaySettings settings;
    private final CommandHandler handler;
    private final GatewayStats stats;
    private final HandshakeRules rules;
    private final Arrivals arrivals;
    private final SocketIoTransport socketIo;
    private final HttpDecoderConfig httpConfig =
            new HttpDecoderConfig().setMaxInitialLineLength(MAX_REQUEST_LINE).setMaxHeaderSize(MAX_HEADERS);
    private final WebSocketDecoderConfig frameConfig;

    WebSocketTransport(
            GatewaySettings settings,
            CommandHandler handler,
            HandshakeRules rules,
            GatewayStats stats,
            Arrivals arrivals,
            SocketIoTransport socketIo) {
        this.settings = settings;
        this.handler = handler;
        this.stats = stats;
        this.rules = rules;
        this.arrivals = arrivals;
        this.socketIo = socketIo;
        this.frameConfig = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.maxFrameBytes())
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    @Override
    public void accept(Channel channel, LoopLane lane) {
        var connection = arrivals.arrive(channel, lane);
        if (connection != null) {
            channel.pipeline()
                    .addLast("http", new HttpServerCodec(httpConfig))
                    .addLast("handshake", new Handshake(this, connection))
                    .addLast("last", new LastResort(connection));
        }
    }

    HandshakeRules.Answer answer(ClientConnection connection, HttpRequest request) {
        locate(connection, request);
        var answer = rules.answer(request);
        return answer instanceof HandshakeRules.Answer.Upgrade && arrivals.exceededBy(connection)
                ? new HandshakeRules.Answer.Refusal(
                        HttpResponseStatus.SERVICE_UNAVAILABLE, "Too many connections; try again later.")
                : answer;
    }

    /// Whether the request is one of Socket.IO, which then serves this socket.
    boolean handOver(ChannelHandlerContext handshake, ClientConnection connection, HttpRequest head) {
        if (!SocketIoTransport.serves(head.uri())) {
            return false;
        }
        connection.handOver();
        var pipeline = handshake.pipeline().addAfter("handshake", "engine", socketIo.http());
        handshake.fireChannelRead(head);
        pipeline.remove("last");
        pipeline.remove("traffic");
        pipeline.remove("handshake");
        return true;
    }

    /// Counts a connection that a trusted proxy brings to the client behind it.
    private void locate(ClientConnection connection, HttpRequest request) {
        var peer = connection.peer();
        var client =
                settings.admission().proxies().client(peer, request.headers().getAll(TrustedProxies.HEADER));
        if (!client.equals(peer)) {
            arrivals.comesFrom(connection, client);
        }
    }

    void upgrade(ChannelPipeline pipeline, ClientConnection connection, WebSocketWire wire) {
        var intake = new Intake(connection.lane());
        var malformed = new Malformed(connection, stats);
        connection.speak(wire, intake);
        pipeline.remove("handshake");
        pipeline.addBefore("last", "frames", new WebSocket13FrameDecoder(frameConfig))
                .addBefore("last", "intake", intake)
                .addBefore(
                        "last",
                        "messages",
                        new WebSocketMessages(connection, malformed, stats, settings.maxFrameBytes(), wire.binary()))
                .addBefore("last", "requests", new RequestDecoder(wire, malformed))
                .addBefore("last", "barrier", new HelloBarrier(connection, handler));
        // Last, because it hands on what a hasty client has already sent behind its request.
        pipeline.remove("http");
    }
}
