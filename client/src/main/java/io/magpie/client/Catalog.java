package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The list of conversations: what the server's list said, brought up to date by every entry since. On the
/// lane.
final class Catalog {
    private static final int MOST_UNREAD = 1000;

    private final LocalCopy copy;
    private final Consumer<ConversationItem> changed;
    private final Map<ConversationId, ConversationItem> items = new LinkedHashMap<>();
    private final Set<ConversationId> unsaved = new LinkedHashSet<>();
    private long me;

    Catalog(LocalCopy copy, Consumer<ConversationItem> changed) {
        this.copy = copy;
        this.changed = changed;
    }

    void load() {
        items.clear();
        unsaved.clear();
        me = copy.owner().map(LocalCopy.Owner::user).orElse(0L);
        for (ConversationItem item : copy.conversations()) {
            items.put(item.conversation(), item);
            changed.accept(item);
        }
    }

    List<ConversationItem> items() {
        return List.copyOf(items.values());
    }

    boolean has(ConversationId conversation) {
        return items.containsKey(conversation);
    }

    /// What was listed may be older than what is held and was read here.
    void listed(ConversationItem fresh) {
        ConversationItem before = items.get(fresh.conversation());
        ConversationItem item = fresh;
        for (Entry later : copy.after(fresh.conversation(), fresh.lastSeq())) {
            item = plus(item, later);
        }
        if (before != null && before.readSeq() > item.readSeq()) {
            item = readTo(item, before.readSeq());
        }
        put(item);
        save();
    }

    void added(Entry entry) {
        ConversationItem item = items.get(entry.conversation());
        if (item != null && entry.seq() > item.lastSeq()) {
            put(plus(item, entry));
        }
    }

    private ConversationItem plus(ConversationItem item, Entry entry) {
        boolean news = entry.sender() != me && entry.seq() > item.readSeq() && countsAsUnread(entry);
        int unread = Math.min(MOST_UNREAD, item.unread() + (news ? 1 : 0));
        boolean mentioned = item.mentioned()
                || (news
                        && entry.body() instanceof Body.Message message
                        && message.mentions().includes(me));
        String title =
                entry.body() instanceof Body.GroupChanged group && group.name() != null ? group.name() : item.title();
        return new ConversationItem(
                item.conversation(),
                title,
                item.avatar(),
                item.state(),
                item.firstSeq(),
                entry.seq(),
                item.readSeq(),
                unread,
                mentioned,
                item.muted(),
                item.pinned(),
                false,
                entry);
    }

    private static boolean countsAsUnread(Entry entry) {
        return switch (entry.body()) {
            case Body.Message message -> message.recalled() == 0;
            case Body.Notice _ -> true;
            case Body.Recall _, Body.Edit _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _ -> false;
        };
    }

    /// A message has another form; a recalled one no longer counts.
    void replaced(Entry old, Entry now) {
        ConversationItem item = items.get(now.conversation());
        if (item == null) {
            return;
        }
        Entry last = item.last();
        boolean gone = countsAsUnread(old) && !countsAsUnread(now);
        boolean counted = gone && old.sender() != me && old.seq() > item.readSeq() && item.unread() > 0;
        if (counted || (last != null && last.seq() == now.seq())) {
            Entry newest = last != null && last.seq() == now.seq() ? now : last;
            put(with(item, item.readSeq(), item.unread() - (counted ? 1 : 0), newest));
        }
    }

    /// The user has read up to `seq`, here or on another device.
    void read(ConversationId conversation, long seq) {
        ConversationItem item = items.get(conversation);
        if (item != null && seq > item.readSeq()) {
            put(readTo(item, Math.min(seq, Math.max(item.lastSeq(), item.readSeq()))));
        }
    }

    private ConversationItem readTo(ConversationItem item, long seq) {
        LocalCopy.Span held = copy.held(item.conversation());
        int unread = item.unread();
        if (seq >= item.lastSeq()) {
            unread = 0;
        } else if (held.known() && held.low() <= seq + 1) {
            unread = (int) copy.after(item.conversation(), seq).stream()
                    .filter(entry -> entry.sender() != me && countsAsUnread(entry))
                    .limit(MOST_UNREAD)
                    .count();
        }
        return with(item, seq, unread, item.last());
    }

    /// The server's own count.
    void unread(ConversationId conversation, int count) {
        ConversationItem item = items.get(conversation);
        if (item != null && item.unread() != count) {
            put(with(item, item.readSeq(), count, item.last()));
        }
    }

    private static ConversationItem with(ConversationItem item, long readSeq, int unread, @Nullable Entry last) {
        return new ConversationItem(
                item.conversation(),
                item.title(),
                item.avatar(),
                item.state(),
                item.firstSeq(),
                item.lastSeq(),
                readSeq,
                unread,
                item.mentioned() && unread > 0,
                item.muted(),
                item.pinned(),
                item.hidden(),
                last);
    }

    private void put(ConversationItem item) {
        if (!item.equals(items.put(item.conversation(), item))) {
            unsaved.add(item.conversation());
            changed.accept(item);
        }
    }

    boolean hasUnsaved() {
        return !unsaved.isEmpty();
    }

    void save() {
        for (ConversationId conversation : unsaved) {
            ConversationItem item = items.get(conversation);
            if (item != null) {
                copy.put(item);
            }
        }
        unsaved.clear();
    }
}
