package io.magpie.gateway.engineio;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The sessions of one port, which need not live on the loop of the socket that asks for them. A socket joins with an
/// [EngineHttp] behind an HTTP codec. Any thread.
public final class EngineServer {
    private static final int SID_BYTES = 15;

    private final EngineSettings settings;
    private final EngineHost host;
    private final ConcurrentMap<String, EngineChannel> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    public EngineServer(EngineSettings settings, EngineHost host) {
        this.settings = settings;
        this.host = host;
    }

    EngineSettings settings() {
        return settings;
    }

    Route route(HttpRequest request, InetSocketAddress peer) {
        return Route.of(request, peer.getAddress(), settings.allowedOrigins(), sessions::get);
    }

    /// If so, [#open] must follow.
    boolean admits(Opening opening) {
        return host.admits(opening);
    }

    /// A session that begins on the loop of `opener`, which is the calling thread.
    EngineChannel open(Channel opener, Opening opening, @Nullable EngineSocket socket) {
        EventLoop loop = opener.eventLoop();
        var session = new EngineChannel(this, newId(), opener, host.lane(loop), socket);
        sessions.put(session.sid(), session);
        host.opened(session, loop, opening);
        var _ = loop.register(session);
        return session;
    }

    void forget(EngineChannel session) {
        sessions.remove(session.sid(), session);
    }

    /// Sessions that live now.
    public int size() {
        return sessions.size();
    }

    /// An id nobody can guess.
    private String newId() {
        byte[] id = new byte[SID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }
}
