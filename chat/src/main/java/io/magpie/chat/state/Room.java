package io.magpie.chat.state;

import io.magpie.client.Changes;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A conversation as the chat shows it: the part of its log that was looked at, with reactions gathered and
/// edits applied.
public final class Room {
    /// Of entries; beyond, the oldest are let go unless the reader is looking at them.
    private static final int MOST = 2_000;

    private static final long TYPING_LASTS_MS = 6_000;

    private final ConversationId id;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<Long, Map<String, Set<Long>>> reactions = new HashMap<>();
    private final Map<String, Outgoing> outgoing = new LinkedHashMap<>();
    private final Map<Long, Long> read = new HashMap<>();
    private final Map<Long, Long> delivered = new HashMap<>();
    private final Map<Long, Long> typing = new LinkedHashMap<>();
    private final Set<Long> members = new LinkedHashSet<>();
    private @Nullable ConversationItem item;
    private int scrolled;
    private long newFrom;
    private boolean beginning;
    private boolean paging;
    private String draft = "";

    /// A message of one's own that the server has not stored.
    ///
    /// @param failure why it never will, or null
    public record Outgoing(Command.Send message, @Nullable String failure) {}

    public Room(ConversationId id) {
        this.id = id;
    }

    public ConversationId id() {
        return id;
    }

    public @Nullable ConversationItem item() {
        return item;
    }

    public void item(ConversationItem now) {
        item = now;
    }

    public int unread() {
        return item == null ? 0 : item.unread();
    }

    public boolean mentioned() {
        return item != null && item.mentioned();
    }

    /// When something happened last; 0 if nothing is known.
    public long lastAt() {
        if (!outgoing.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Entry last = item == null ? null : item.last();
        long held = entries.isEmpty() ? 0 : entries.lastEntry().getValue().sentAt();
        return Math.max(held, last == null ? 0 : last.sentAt());
    }

    public void add(Entry entry) {
        if (entries.put(entry.seq(), entry) == null) {
            apply(entry);
        }
        typing.remove(entry.sender());
        if (entry.clientId() != null) {
            outgoing.remove(entry.clientId());
        }
        if (entries.size() > MOST && scrolled == 0) {
            entries.pollFirstEntry();
            beginning = false;
        }
    }

    private void apply(Entry cause) {
        switch (cause.body()) {
            case Body.Reaction(long target, String emoji, boolean active) ->
                react(target, emoji, cause.sender(), active);
            case Body.Recall(long target) -> entries.computeIfPresent(target, (_, old) -> Changes.apply(old, cause));
            case Body.Edit(long target, var _) ->
                entries.computeIfPresent(target, (_, old) -> Changes.apply(old, cause));
            case Body.MembersChanged _, Body.Message _, Body.GroupChanged _, Body.Notice _ -> {}
        }
    }

    private void react(long target, String emoji, long user, boolean active) {
        Set<Long> users = reactions
                .computeIfAbsent(target, _ -> new LinkedHashMap<>())
                .computeIfAbsent(emoji, _ -> new LinkedHashSet<>());
        if (active) {
            users.add(user);
        } else {
            users.remove(user);
        }
    }

    public void replace(Entry entry) {
        entries.computeIfPresent(entry.seq(), (_, _) -> entry);
    }

    /// A page of older entries; what happened later to its messages is applied already.
    public void addOlder(List<Entry> page, boolean more) {
        for (Entry entry : page) {
            if (entries.putIfAbsent(entry.seq(), entry) == null && entry.body() instanceof Body.Reaction) {
                older(entry);
            }
        }
        beginning = !more;
    }

    /// A reaction older than those gathered counts only where no later one says otherwise.
    private void older(Entry entry) {
        Body.Reaction reaction = (Body.Reaction) entry.body();
        boolean later = entries.tailMap(entry.seq(), false).values().stream()
                .anyMatch(other -> other.sender() == entry.sender()
                        && other.body() instanceof Body.Reaction(long target, String emoji, boolean _)
                        && target == reaction.target()
                        && emoji.equals(reaction.emoji()));
        if (!later) {
            react(reaction.target(), reaction.emoji(), entry.sender(), reaction.active());
        }
    }

    public void clear() {
        entries.clear();
        reactions.clear();
        beginning = false;
    }

    public NavigableMap<Long, Entry> entries() {
        return entries;
    }

    /// Seq of the newest entry of a user; 0 if none is here.
    public long lastOf(long user) {
        return entries.descendingMap().values().stream()
                .filter(entry -> entry.sender() == user)
                .mapToLong(Entry::seq)
                .findFirst()
                .orElse(0);
    }

    public Map<String, Set<Long>> reactions(long seq) {
        return reactions.getOrDefault(seq, Map.of());
    }

    public Collection<Outgoing> outgoing() {
        return outgoing.values();
    }

    public void queued(Command.Send message) {
        outgoing.put(message.clientId(), new Outgoing(message, null));
    }

    public void failed(Command.Send message, String why) {
        outgoing.put(message.clientId(), new Outgoing(message, why));
    }

    public void readTo(long user, long seq) {
        read.merge(user, seq, Math::max);
    }

    public void deliveredTo(long user, long seq) {
        delivered.merge(user, seq, Math::max);
    }

    /// How many others have read `seq`.
    public long readers(long seq, long me) {
        return read.entrySet().stream()
                .filter(each -> each.getKey() != me && each.getValue() >= seq)
                .count();
    }

    public boolean delivered(long seq, long me) {
        return delivered.entrySet().stream().anyMatch(each -> each.getKey() != me && each.getValue() >= seq);
    }

    public void typing(long user, boolean active, long now) {
        if (active) {
            typing.put(user, now + TYPING_LASTS_MS);
        } else {
            typing.remove(user);
        }
    }

    public List<Long> typing(long now) {
        typing.values().removeIf(until -> until < now);
        return new ArrayList<>(typing.keySet());
    }

    /// Known members of a group, or whoever is known to have written.
    public Set<Long> members() {
        return members;
    }

    /// In lines from the end; 0 follows what comes.
    public int scrolled() {
        return scrolled;
    }

    public void scroll(int lines) {
        scrolled = Math.max(0, lines);
    }

    /// Seq of the first message that was unread when the conversation was opened; 0 if none was.
    public long newFrom() {
        return newFrom;
    }

    public void markNew() {
        newFrom = item == null || item.unread() == 0 ? 0 : item.readSeq() + 1;
    }

    /// Whether there is nothing older than what is here.
    public boolean atBeginning() {
        return beginning;
    }

    public boolean paging() {
        return paging;
    }

    public void paging(boolean now) {
        paging = now;
    }

    public String draft() {
        return draft;
    }

    public void draft(String text) {
        draft = text;
    }
}
