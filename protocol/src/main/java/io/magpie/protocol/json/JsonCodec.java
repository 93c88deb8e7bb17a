package io.magpie.protocol.json;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.frame.Fields;
import io.magpie.protocol.frame.FrameCodec;
import io.magpie.protocol.frame.FrameWriter;
import io.magpie.protocol.frame.Limits;
import io.magpie.protocol.frame.Refused;

/// Frames of `magpie.v1.json`: one JSON object each, in UTF-8. Thread-safe.
public final class JsonCodec extends FrameCodec {
    private final FieldReader ofClients = new FieldReader(Limits.DEPTH);
    private final FieldReader ofServers = new FieldReader(Limits.SERVER_DEPTH);

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
        return new JsonWriter();
    }

    @Override
    protected FrameWriter serverWriter() {
        return new JsonWriter();
    }

    /// Server: the fields of `send` without `type` and `conversation`, as they come over HTTP.
    public Outcome<Command.Send> decodeSend(ConversationId conversation, byte[] body) {
        Fields request = Fields.ofClient();
        try {
            readRequest(body, request);
            return Outcome.done(send(conversation, request));
        } catch (Refused refused) {
            return Outcome.rejected(refused.rejection());
        }
    }
}
