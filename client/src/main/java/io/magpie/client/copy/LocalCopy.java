package io.magpie.client.copy;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a device holds: of each conversation one unbroken run of newest entries, the list of conversations,
/// and the requests that must reach the server sooner or later.
///
/// One client owns a copy and calls it from one thread at a time; a copy is not shared. A durable copy has
/// written a change when the method returns, so that it survives the death of the process (not of the machine).
public interface LocalCopy extends AutoCloseable {
    /// @param epoch of the server's history that this is a copy of
    record Owner(long user, String epoch) {}

    /// Empty as long as nothing was ever copied.
    Optional<Owner> owner();

    /// Drops everything and begins anew; what is queued stays, unless the user is another one.
    void begin(Owner owner);

    /// Where the next `sync` continues; 0 at first.
    long syncedAt();

    void synced(long syncedAt);

    Collection<ConversationItem> conversations();

    void put(ConversationItem item);

    /// What is held of a conversation's log.
    Span held(ConversationId conversation);

    /// @param entries consecutive, continuing what is held; the first call after [#restart] or for a new
    ///     conversation
    ///     may begin anywhere. Older entries are dropped when a bound is reached
    void append(ConversationId conversation, List<Entry> entries);

    /// An entry has another form now; ignored if it is not held.
    void replace(Entry entry);

    /// Forgets the entries of a conversation: the next one will be `seq + 1`.
    void restart(ConversationId conversation, long seq);

    Optional<Entry> entry(ConversationId conversation, long seq);

    /// The newest of those before `seq`, ascending.
    List<Entry> before(ConversationId conversation, long seq, int limit);

    /// All held after `seq`, ascending.
    List<Entry> after(ConversationId conversation, long seq);

    /// What was queued and not yet answered, in the order of queueing.
    List<Request> queue();

    /// @param request with an id
    void queued(Request request);

    void answered(String id);

    @Override
    void close();

    /// Held are the entries `low..high`; none of them if `low` is `high + 1`.
    ///
    /// @param known false if nothing at all is known of the conversation; low and high mean nothing then
    record Span(boolean known, long low, long high) {
        public static final Span NONE = new Span(false, 0, -1);
    }
}
