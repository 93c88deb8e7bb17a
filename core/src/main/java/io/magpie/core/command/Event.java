package io.magpie.core.command;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All the server may push without being asked.
public sealed interface Event {
    record EntryAdded(Entry entry) implements Event {}

    record Read(ConversationId conversation, long user, long seq) implements Event {}

    record Delivered(ConversationId conversation, long user, long seq) implements Event {}

    record Listened(ConversationId conversation, long user, long seq) implements Event {}

    record Typing(ConversationId conversation, long user, boolean active) implements Event {}

    record Presence(List<PresenceState> states) implements Event {}

    /// Pushes to this session were dropped.
    ///
    /// @param conversations those it concerns; empty if there are too many to name
    record Lagging(List<ConversationId> conversations) implements Event {}

    /// The last frame before the server closes.
    ///
    /// @param reconnectAfterMs 0 if the client need not wait
    /// @param url where to connect instead; null for the usual place
    record Bye(
            Reason reason, long reconnectAfterMs, @Nullable String url) implements Event {
        public enum Reason {
            DRAINING("draining"),
            MOVED("moved"),
            REPLACED("replaced"),
            LOGGED_OUT("logged-out"),
            KICKED("kicked"),
            IDLE("idle"),
            SLOW("slow");

            private final String wireName;

            Reason(String wireName) {
                this.wireName = wireName;
            }

            public String wireName() {
                return wireName;
            }
        }

        public Bye(Reason reason) {
            this(reason, 0, null);
        }
    }
}
