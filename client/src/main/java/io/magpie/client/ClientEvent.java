package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.PresenceState;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Rejection;
import java.util.List;

/// All a client tells its listeners.
public sealed interface ClientEvent {
    record ConnectionChanged(ConnectionState state) implements ClientEvent {}

    /// Everything the server had when this connection synchronised is here now. Once per connection.
    record CaughtUp() implements ClientEvent {}

    /// The server's history is another one than that of the copy, or the user is: everything told so far is
    /// void.
    record HistoryReset() implements ClientEvent {}

    /// The next entry of a conversation. Consecutive within a conversation, each once, except where
    /// [EntriesSkipped] says so. A conversation's first one may have any seq.
    record EntryAdded(Entry entry) implements ClientEvent {}

    /// The entries `from..to` of a conversation will not be told: they are invisible to the user, or too many
    /// to be fetched unasked ([CatchUp#RECENT]).
    record EntriesSkipped(ConversationId conversation, long from, long to) implements ClientEvent {}

    /// A message told earlier was edited or recalled: its form now.
    record EntryChanged(Entry entry) implements ClientEvent {}

    record ConversationChanged(ConversationItem item) implements ClientEvent {}

    record ReadMoved(ConversationId conversation, long user, long seq) implements ClientEvent {}

    record DeliveredMoved(ConversationId conversation, long user, long seq) implements ClientEvent {}

    record Listened(ConversationId conversation, long user, long seq) implements ClientEvent {}

    record Typing(ConversationId conversation, long user, boolean active) implements ClientEvent {}

    record PresenceChanged(List<PresenceState> states) implements ClientEvent {}

    /// A message waits in the outbox; also told at the start for those of an earlier process.
    record MessageQueued(Command.Send message) implements ClientEvent {}

    record MessageSent(ConversationId conversation, String clientId, long seq) implements ClientEvent {}

    /// The server refused a message; it is no longer in the outbox.
    record MessageFailed(Command.Send message, Rejection rejection) implements ClientEvent {}
}
