package io.magpie.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A Socket.IO page on a WebSocket, which reads when told and answers no heartbeat by itself.
final class SocketIoPeer implements AutoCloseable {
    static final String OPENING = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1";

    private final RawPeer peer;

    SocketIoPeer(InetSocketAddress address, int receiveBuffer) throws IOException {
        peer = new RawPeer(address, receiveBuffer);
        var head = peer.request(OPENING, RawPeer.upgradeHeaders());
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("handshake refused: " + head);
        }
        peer.read();
    }

    /// Admitted, with the answers to CONNECT read.
    static SocketIoPeer admitted(InetSocketAddress address, int receiveBuffer) throws IOException {
        var page = new SocketIoPeer(address, receiveBuffer);
        page.say("40{\"token\":\"good\"}");
        page.hear("42[\"magpie\",{\"type\":\"welcome\"");
        return page;
    }

    void say(String packet) throws IOException {
        peer.text(packet);
    }

    RawPeer.Frame read() throws IOException {
        return peer.read();
    }

    /// The packets up to the first that begins like this.
    List<String> hear(String beginning) throws IOException {
        List<String> heard = new ArrayList<>();
        do {
            var frame = peer.read();
            if (frame.opcode() != RawPeer.TEXT) {
                throw new IOException(frame + " after " + heard);
            }
            heard.add(frame.text());
        } while (!heard.getLast().startsWith(beginning));
        return heard;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
