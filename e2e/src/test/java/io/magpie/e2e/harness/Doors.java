package io.magpie.e2e.harness;

import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
import io.magpie.client.Transport;
import io.magpie.client.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// All the doors of a node, and who came in by them.
public final class Doors implements AutoCloseable {
    /// A way to connect.
    public enum Door {
        JSON,
        PROTOBUF,
        TCP,
        SOCKET_IO
    }

    private final Node node;
    private final boolean encrypted;
    private final ClientRuntime runtime;
    private final HttpClient http;
    private final List<Speaker> open = new ArrayList<>();

    /// Where plain text is spoken.
    public Doors(Node node) {
        this(node, null);
    }

    /// @param trust whom to believe where TLS is spoken; null for plain text
    public Doors(Node node, @Nullable SSLContext trust) {
        this.node = node;
        this.encrypted = trust != null;
        SSLContext believed = trust == null ? Trust.usual() : trust;
        this.runtime = ClientRuntime.start(believed);
        this.http = HttpClient.newBuilder().sslContext(believed).build();
    }

    /// Somebody who came in by this door.
    public Speaker speaker(Door door, String subject, String device) {
        return speaker(transport(door), door, subject, device);
    }

    /// As above, by a Socket.IO transport one wants to ask afterwards.
    public Speaker speaker(SocketIoTransport transport, String subject, String device) {
        return speaker(transport, Door.SOCKET_IO, subject, device);
    }

    public SocketIoTransport socketIo() {
        return new SocketIoTransport(http);
    }

    private Speaker speaker(Transport transport, Door door, String subject, String device) {
        var speaker = Speaker.of(transport, address(door), node.token(subject), device);
        open.add(speaker);
        return speaker;
    }

    private Transport transport(Door door) {
        return switch (door) {
            case JSON -> runtime.transports().apply(Protocol.JSON);
            case PROTOBUF -> runtime.transports().apply(Protocol.PROTOBUF);
            case TCP -> runtime.transports().apply(Protocol.TCP);
            case SOCKET_IO -> socketIo();
        };
    }

    private URI address(Door door) {
        String webSocket = (encrypted ? "wss://" : "ws://") + node.realtime();
        return URI.create(
                switch (door) {
                    case JSON, PROTOBUF -> webSocket + "/ws";
                    case TCP -> (encrypted ? "tls://" : "tcp://") + node.tcp();
                    case SOCKET_IO -> webSocket + "/socket.io/?EIO=4&transport=websocket";
                });
    }

    @Override
    public void close() {
        open.forEach(Speaker::close);
        runtime.close();
        http.shutdownNow();
    }
}
