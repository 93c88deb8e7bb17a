package io.magpie.protocol.json;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/// Frames of `magpie.v1.json`, both directions: one JSON object each, in UTF-8. No bytes make the decoding methods
/// throw, no value makes the encoding methods throw. Arrays handed out belong to the caller and are exactly as long
/// as the frame. Thread-safe.
public final class JsonCodec {
    private final FieldReader ofClients = new FieldReader(Limits.DEPTH);
    private final FieldReader ofServers = new FieldReader(Limits.SERVER_DEPTH);

    /// Server: what a client asks.
    public Decoded decodeRequest(byte[] frame) {
        Fields request = Fields.ofClient();
        String id = null;
        try {
            ofClients.read(frame, request);
            id = request.textOrNull(Field.ID, 0, Request.MAX_ID_BYTES);
            Command command = CommandReader.read(request);
            return new Decoded(id, Outcome.done(command));
        } catch (Refused refused) {
            return new Decoded(id == null ? legibleId(request) : id, Outcome.rejected(refused.rejection()));
        }
    }

    /// The id, although the frame is broken further on.
    private static @Nullable String legibleId(Fields request) {
        try {
            return request.textOrNull(Field.ID, 0, Request.MAX_ID_BYTES);
        } catch (Refused _) {
            return null;
        }
    }

    /// Server: the fields of `send` without `type` and `conversation`, as they come over HTTP.
    public Outcome<Command.Send> decodeSend(ConversationId conversation, byte[] body) {
        Fields request = Fields.ofClient();
        try {
            ofClients.read(body, request);
            return Outcome.done(CommandReader.send(conversation, request));
        } catch (Refused refused) {
            return Outcome.rejected(refused.rejection());
        }
    }

    /// Server: an answer.
    ///
    /// @param id of the request; null only for the error of a request without one
    public byte[] encodeReply(@Nullable String id, Reply reply) {
        return ReplyWriter.write(id, reply);
    }

    /// Server: a push.
    public byte[] encodeEvent(Event event) {
        return EventWriter.write(event);
    }

    /// Client: a question.
    public byte[] encodeRequest(Request request) {
        return CommandWriter.write(request);
    }

    /// Client: what a server says, tolerant to what newer servers may add; see [ServerFrame].
    public ServerFrame decodeServerFrame(byte[] frame) {
        Fields fields = Fields.ofServer();
        try {
            ofServers.read(frame, fields);
        } catch (Refused _) {
            return new ServerFrame.Unknown("");
        }
        return FrameReader.read(fields);
    }
}
