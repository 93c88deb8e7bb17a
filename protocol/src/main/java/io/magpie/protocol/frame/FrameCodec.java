package io.magpie.protocol.frame;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Codec;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/// The same rules for every form; a form says how bytes become fields and fields become bytes.
public abstract class FrameCodec implements Codec {
    /// What was read before a refusal stays in `into`.
    ///
    /// @throws Refused unless the frame is of this form
    protected abstract void readRequest(byte[] frame, Fields into);

    /// @throws Refused unless the frame is of this form
    protected abstract void readServerFrame(byte[] frame, Fields into);

    /// For what clients say.
    protected abstract FrameWriter requestWriter();

    /// For what servers say.
    protected abstract FrameWriter serverWriter();

    @Override
    public final Decoded decodeRequest(byte[] frame) {
        Fields request = Fields.ofClient();
        String id = null;
        try {
            readRequest(frame, request);
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

    /// Builds a `send` of fields without `type` and `conversation`.
    ///
    /// @throws Refused unless they are within the rules
    protected static Command.Send send(ConversationId conversation, Fields request) {
        return CommandReader.send(conversation, request);
    }

    @Override
    public final byte[] encodeReply(@Nullable String id, Reply reply) {
        return ReplyWriter.write(serverWriter(), id, reply);
    }

    @Override
    public final byte[] encodeEvent(Event event) {
        return EventWriter.write(serverWriter(), event);
    }

    @Override
    public final byte[] encodeRequest(Request request) {
        return CommandWriter.write(requestWriter(), request);
    }

    @Override
    public final ServerFrame decodeServerFrame(byte[] frame) {
        Fields fields = Fields.ofServer();
        try {
            readServerFrame(frame, fields);
        } catch (Refused _) {
            return new ServerFrame.Unknown("");
        }
        return FrameReader.read(fields);
    }
}
