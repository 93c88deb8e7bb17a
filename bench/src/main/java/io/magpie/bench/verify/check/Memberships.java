package io.magpie.bench.verify.check;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/// Which seqs of a group who may have seen, as the group's own log says. The other conversations name their members.
final class Memberships {
    private final Map<ConversationId, Map<Long, List<Stay>>> groups = new HashMap<>();

    /// From a joining to a leaving, both included; `to` is the greatest number while it lasts.
    record Stay(long from, long to) {
        boolean holds(long seq) {
            return seq >= from && seq <= to;
        }
    }

    static Memberships of(Map<ConversationId, NavigableMap<Long, Entry>> logs) {
        var memberships = new Memberships();
        logs.forEach((conversation, log) -> {
            if (conversation.kind() == ConversationId.Kind.GROUP) {
                Map<Long, List<Stay>> users = new HashMap<>();
                log.values().forEach(entry -> apply(users, entry));
                memberships.groups.put(conversation, users);
            }
        });
        return memberships;
    }

    private static void apply(Map<Long, List<Stay>> users, Entry entry) {
        if (!(entry.body() instanceof Body.MembersChanged changed)) {
            return;
        }
        for (long user : changed.users()) {
            List<Stay> stays = users.computeIfAbsent(user, _ -> new ArrayList<>());
            switch (changed.change()) {
                // Founders join in the second entry and see the first.
                case JOINED -> stays.add(new Stay(entry.seq() == 2 ? 1 : entry.seq(), Long.MAX_VALUE));
                case LEFT, REMOVED -> {
                    if (!stays.isEmpty()) {
                        stays.add(new Stay(stays.removeLast().from(), entry.seq()));
                    }
                }
                case ROLE, MUTED, UNMUTED, NICKNAME -> {}
            }
        }
    }

    /// Whether the user was a member when the entry came to be.
    boolean mayHaveSeen(ConversationId conversation, long user, long seq) {
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            return conversation.names(user);
        }
        return stays(conversation, user).stream().anyMatch(stay -> stay.holds(seq));
    }

    List<Stay> stays(ConversationId conversation, long user) {
        return groups.getOrDefault(conversation, Map.of()).getOrDefault(user, List.of());
    }
}
