package io.magpie.gateway.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A packet from the client, checked to be what the protocol says.
public sealed interface SocketPacket {
    /// The main namespace.
    String MAIN = "/";

    long NO_ACK = -1;

    String namespace();

    /// @param auth the JSON object that came along; `{}` if none did
    record Connect(String namespace, String auth) implements SocketPacket {}

    record Disconnect(String namespace) implements SocketPacket {}

    /// @param id the client wants to have acknowledged; [#NO_ACK] if it does not
    record Event(String namespace, long id, String name, Arguments arguments) implements SocketPacket {}

    record Ack(String namespace, long id, Arguments arguments) implements SocketPacket {}

    /// What an event or an acknowledgement carries.
    ///
    /// @param json the arguments one after the other with commas between, each a JSON value as it came, with
    ///     placeholders where attachments belong; on the heap, it needs no release
    /// @param attachments as `json`
    record Arguments(ByteBuf json, List<ByteBuf> attachments) {
        /// Without attachments.
        public static Arguments of(byte[] json) {
            return new Arguments(Unpooled.wrappedBuffer(json), List.of());
        }

        public static Arguments of(String json) {
            return of(json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
