package io.magpie.protocol.protobuf;

import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.Fields;
import io.magpie.protocol.frame.FrameCodec;
import io.magpie.protocol.frame.FrameWriter;
import io.magpie.protocol.frame.Limits;
import io.magpie.protocol.json.JsonText;

/// Frames of `magpie.v1.protobuf`: one `Frame` of `magpie.proto` each. Half a surrogate pair, which UTF-8 cannot
/// express, is written as `?`. Thread-safe.
public final class ProtobufCodec extends FrameCodec {
    /// As deep as data can stand in a JSON frame, inside of `content` inside of the frame.
    private static final int DATA_DEPTH = Limits.DEPTH - 2;

    private final Shape requests = Shape.ofRequests();
    private final Shape server = Shape.ofServer();
    private final ProtobufReader ofClients = new ProtobufReader(requests, new JsonText(DATA_DEPTH), true);
    private final ProtobufReader ofServers = new ProtobufReader(server, new JsonText(Limits.SERVER_DEPTH), false);

    /// Server: asks for a sign of life, where the transport has no ping of its own.
    public byte[] encodePing() {
        return serverWriter().open().text(Field.TYPE, "ping").close().bytes();
    }

    @Override
    protected void readRequest(byte[] frame, Fields into) {
        ofClients.read(frame, into);
    }

    @Override
    protected void readServerFrame(byte[] frame, Fields into) {
        ofServers.read(frame, into);
    }

    @Override
    protected FrameWriter requestWriter() {
        return new ProtobufWriter(requests);
    }

    @Override
    protected FrameWriter serverWriter() {
        return new ProtobufWriter(server);
    }
}
