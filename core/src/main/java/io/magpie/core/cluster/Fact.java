package io.magpie.core.cluster;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Entry;
import java.util.List;
import java.util.Set;

/// What one node tells others. Facts are hints: each may be lost, late or told twice, and none does harm then.
public sealed interface Fact {
    /// @param urgent of high priority: given up by slow readers as late as direct ones
    record Committed(Entry entry, boolean urgent) implements Fact {}

    record Moved(Cursor cursor, ConversationId conversation, long user, long seq) implements Fact {}

    record Typing(ConversationId conversation, long user, boolean active) implements Fact {}

    /// A device of each of these users holds everything up to `seq`: nobody needs to wake them.
    record Acknowledged(ConversationId conversation, long seq, List<Long> users) implements Fact {
        public Acknowledged {
            users = List.copyOf(users);
        }
    }

    /// These logins are over: their sessions close.
    record Ended(long user, Set<Long> logins, Ending why) implements Fact {}

    /// A device said `hello`: its sessions on other nodes that are older close.
    ///
    /// @param since see [io.magpie.core.session.Session#since]
    record Replaced(long user, String device, long since) implements Fact {}

    /// How users stand on the sending node now.
    ///
    /// @param question the [Watched#question] this answers, 0 if nobody asked
    record Leases(long question, List<Lease> leases) implements Fact {
        public Leases {
            leases = List.copyOf(leases);
        }
    }

    /// Asks the receiving node for the [Leases] of each of these users, those included who are not there.
    record Watched(long question, List<Long> users) implements Fact {
        public Watched {
            users = List.copyOf(users);
        }
    }

    /// Records about these conversations may not have been delivered.
    record Suspect(List<ConversationId> conversations) implements Fact {}

    /// Records about anything, and endings of logins, may not have been delivered.
    record AllSuspect() implements Fact {}

    /// The receiving node is to drain and stop.
    record Drain() implements Fact {}

    enum Cursor {
        READ,
        DELIVERED,
        LISTENED
    }

    enum Ending {
        LOGGED_OUT,
        REPLACED,
        KICKED
    }

    /// @param platforms those of the user's sessions on the node; empty if there is none
    /// @param version greater than that of every earlier lease of the user by the same incarnation
    /// @param seenAt when the last session went, if none is left
    record Lease(long user, List<Platform> platforms, long version, long seenAt) {
        public Lease {
            platforms = List.copyOf(platforms);
        }
    }
}
