package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a slow reader was not told, to be summed up in one `lagging`. Bounded: past [#MAX_NAMED]
/// conversations none is named. On the lane only.
final class MissedPushes {
    static final int MAX_NAMED = 100;

    private final Set<ConversationId> named = new LinkedHashSet<>();
    private boolean unnamed;

    void add(Event event) {
        switch (event) {
            case Event.EntryAdded(var entry) -> name(entry.conversation());
            case Event.Read read -> name(read.conversation());
            case Event.Delivered delivered -> name(delivered.conversation());
            case Event.Listened listened -> name(listened.conversation());
            case Event.Typing typing -> name(typing.conversation());
            case Event.Lagging(var conversations) -> nameAll(conversations);
            case Event.Presence _ -> unnamed = true;
            case Event.Bye _ -> unnamed = true;
        }
    }

    Event.Lagging summary() {
        return new Event.Lagging(unnamed ? List.of() : List.copyOf(named));
    }

    private void nameAll(List<ConversationId> conversations) {
        unnamed |= conversations.isEmpty();
        conversations.forEach(this::name);
    }

    private void name(ConversationId conversation) {
        if (!unnamed && named.add(conversation) && named.size() > MAX_NAMED) {
            unnamed = true;
            named.clear();
        }
    }
}
