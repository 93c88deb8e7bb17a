package io.magpie.client.copy;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.log.Entry;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.ServerFrame;
import io.magpie.protocol.json.JsonCodec;
import java.util.List;
import java.util.Optional;

/// The lines of a [FileCopy]: frames of the protocol, so that they can be read with its documentation at hand.
final class Frames {
    private final JsonCodec codec = new JsonCodec();

    sealed interface State {}

    record Beginning(LocalCopy.Owner owner) implements State {}

    /// @param syncedAt 0 if the line does not say
    record Listed(List<ConversationItem> items, long syncedAt) implements State {}

    record Unreadable() implements State {}

    byte[] beginning(LocalCopy.Owner owner) {
        return codec.encodeReply(null, new Reply.Welcome(owner.user(), 0, "", owner.epoch(), 0, 0, 0));
    }

    byte[] listed(List<ConversationItem> items, long syncedAt) {
        return codec.encodeReply(null, new Reply.Conversations(items, syncedAt, null));
    }

    State readState(byte[] line) {
        if (codec.decodeServerFrame(line) instanceof ServerFrame.Answer(var _, Reply reply)) {
            if (reply instanceof Reply.Welcome welcome) {
                return new Beginning(new LocalCopy.Owner(welcome.userId(), welcome.epoch()));
            }
            if (reply instanceof Reply.Conversations(var items, long syncedAt, var _)) {
                return new Listed(items, syncedAt);
            }
        }
        return new Unreadable();
    }

    byte[] entry(Entry entry) {
        return codec.encodeEvent(new Event.EntryAdded(entry));
    }

    Optional<Entry> readEntry(byte[] line) {
        return codec.decodeServerFrame(line) instanceof ServerFrame.Push(Event.EntryAdded(Entry entry))
                ? Optional.of(entry)
                : Optional.empty();
    }

    byte[] request(Request request) {
        return codec.encodeRequest(request);
    }

    Decoded readRequest(byte[] line) {
        return codec.decodeRequest(line);
    }

    byte[] answer(String id) {
        return codec.encodeReply(id, new Reply.Ok());
    }

    Optional<String> readAnswer(byte[] line) {
        return codec.decodeServerFrame(line) instanceof ServerFrame.Answer(String id, Reply.Ok _)
                ? Optional.ofNullable(id)
                : Optional.empty();
    }
}
