package io.magpie.core.sync;

import io.magpie.core.account.Accounts;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.group.Groups;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.log.Listed;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What changed for a user since the last time, page by page. Complete or an exception, never a shorter list. Costs
/// reads in proportion to the user's conversations, never to the length of their logs. Blocks.
public final class SyncService {
    private static final int PAGE = 200;

    /// A commit gets its time before it becomes visible. Answering this much less than now lets the next sync see
    /// whatever was on its way: the store gives a transaction less time than this.
    static final long OVERLAP_MS = 10_000;

    private final Members members;
    private final EntryLog log;
    private final Titles titles;
    private final InstantSource clock;

    public SyncService(
            Members members, EntryLog log, Groups groups, Accounts accounts, Contacts contacts, InstantSource clock) {
        this.members = members;
        this.log = log;
        this.titles = new Titles(groups, accounts, contacts);
        this.clock = clock;
    }

    /// One page of the user's conversations that changed after `since`, by conversation. `syncedAt` is that of the
    /// first page on every page.
    public Outcome<Reply.Conversations> sync(long user, long since, @Nullable String cursor) {
        if (cursor == null) {
            return Outcome.done(page(user, since, Math.max(0, clock.millis() - OVERLAP_MS), null));
        }
        return SyncCursor.parse(cursor)
                .map(from -> Outcome.done(page(user, since, from.syncedAt(), from.after())))
                .orElseGet(() -> Outcome.rejected(ErrorCode.MALFORMED, "cursor: not one of this server's"));
    }

    /// One conversation as the user sees it; empty if it never was in it.
    public Optional<ConversationItem> item(long user, ConversationId conversation) {
        return members.find(conversation, user).map(member -> {
            var heads = log.heads(List.of(conversation));
            var head = heads.getOrDefault(conversation, new Head(conversation, 0, 0, 0));
            return items(user, List.of(new Listed(member, head))).getFirst();
        });
    }

    private Reply.Conversations page(long user, long since, long syncedAt, @Nullable ConversationId after) {
        var changed = log.changed(user, since, after, PAGE);
        var cursor = changed.size() < PAGE
                ? null
                : new SyncCursor(syncedAt, changed.getLast().member().conversation()).text();
        return new Reply.Conversations(items(user, changed), syncedAt, cursor);
    }

    private List<ConversationItem> items(long user, List<Listed> changed) {
        if (changed.isEmpty()) {
            return List.of();
        }
        var titleOf = titles.of(
                user, changed.stream().map(one -> one.member().conversation()).toList());
        var unread = unread(changed);
        var last = log.entries(lastVisible(changed));
        List<ConversationItem> items = new ArrayList<>();
        for (Listed one : changed) {
            var conversation = one.member().conversation();
            items.add(item(
                    one.member(),
                    one.head(),
                    titleOf.apply(conversation),
                    unread.getOrDefault(conversation, new Unread(0, false)),
                    last.get(conversation)));
        }
        return items;
    }

    private static ConversationItem item(
            Member member, Head head, Titles.Title title, Unread unread, @Nullable Entry last) {
        return new ConversationItem(
                member.conversation(),
                title.text(),
                title.avatar(),
                member.state(),
                firstVisible(member, head),
                member.lastVisible(head.lastSeq()),
                member.readSeq(),
                unread.count(),
                unread.mentioned(),
                member.muted(),
                member.pinned(),
                member.hiddenSeq() > 0 && head.lastSeq() <= member.hiddenSeq(),
                last);
    }

    /// Who has left a group has nothing to read there.
    private Map<ConversationId, Unread> unread(List<Listed> changed) {
        return log.unread(changed.stream()
                .filter(one -> one.member().current())
                .map(one -> unreadQuery(one.member(), one.head()))
                .toList());
    }

    static UnreadQuery unreadQuery(Member member, Head head) {
        return new UnreadQuery(
                member.conversation(),
                member.user(),
                Math.max(member.readSeq(), member.visibleFrom() - 1),
                member.lastVisible(head.lastSeq()));
    }

    private static Map<ConversationId, Long> lastVisible(List<Listed> changed) {
        Map<ConversationId, Long> last = new HashMap<>();
        for (Listed one : changed) {
            long seq = one.member().lastVisible(one.head().lastSeq());
            if (seq >= firstVisible(one.member(), one.head())) {
                last.put(one.member().conversation(), seq);
            }
        }
        return last;
    }

    private static long firstVisible(Member member, Head head) {
        return Math.max(member.visibleFrom(), head.firstSeq());
    }
}
