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

    /// Laid out when the first frame needs it, so that a program that speaks only JSON does not pay for it.
    private static final class Schema {
        static final Shape REQUESTS = Shape.ofRequests();
        static final Shape SERVER = Shape.ofServer();
        static final ProtobufReader OF_CLIENTS = new ProtobufReader(REQUESTS, new JsonText(DATA_DEPTH), true);
        static final ProtobufReader OF_SERVERS = new ProtobufReader(SERVER, new JsonText(Limits.SERVER_DEPTH), false);
    }

    /// Server: asks for a sign of life, where the transport has no ping of its own.
    public byte[] encodePing() {
        return serverWriter().open().text(Field.TYPE, "ping").close().bytes();
    }

    @Override
    protected void readRequest(byte[] frame, Fields into) {
        Schema.OF_CLIENTS.read(frame, into);
    }

    @Override
    protected void readServerFrame(byte[] frame, Fields into) {
        Schema.OF_SERVERS.read(frame, into);
    }

    @Override
    protected FrameWriter requestWriter() {
        return new ProtobufWriter(Schema.REQUESTS);
    }

    @Override
    protected FrameWriter serverWriter() {
        return new ProtobufWriter(Schema.SERVER);
    }
}
