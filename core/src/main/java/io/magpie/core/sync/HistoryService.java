package io.magpie.core.sync;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.log.BodySize;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.List;

/// Pages of a conversation's log, clipped to what the user may see. A page is bounded in entries and in bytes, so
/// that one reader costs a fixed amount of memory however it asks. Blocks.
public final class HistoryService {
    private static final int PAGE_BYTES = 256 << 10;
    private static final int FRAME_BYTES = 160;

    private final Members members;
    private final EntryLog log;

    public HistoryService(Members members, EntryLog log) {
        this.members = members;
        this.log = log;
    }

    public Outcome<Reply.Entries> history(long user, Command.History history) {
        var conversation = history.conversation();
        return place(user, conversation).map(member -> switch (history.range()) {
            case Command.Range.After(long seq) -> after(member, seq, history.limit());
            case Command.Range.Before(long seq) -> before(member, seq, history.limit());
        });
    }

    /// The user's place in the conversation, past or current.
    public Outcome<Member> place(long user, ConversationId conversation) {
        return members.find(conversation, user)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(
                        ErrorCode.NOT_MEMBER, "conversation: user " + user + " is not in " + conversation));
    }

    /// As [#place], if the user sees the entry at `seq`.
    Outcome<Member> place(long user, ConversationId conversation, long seq) {
        return place(user, conversation)
                .then(member -> member.sees(seq) && log.entry(conversation, seq).isPresent()
                        ? Outcome.done(member)
                        : Outcome.rejected(ErrorCode.NOT_FOUND, "seq: no entry " + seq + " visible to you"));
    }

    private Reply.Entries after(Member member, long seq, int limit) {
        long from = Math.max(seq + 1, member.visibleFrom());
        var entries = log.ascending(member.conversation(), from, lastVisible(member), limit + 1);
        int count = Math.min(limit, fitting(entries));
        return new Reply.Entries(member.conversation(), entries.subList(0, count), count < entries.size());
    }

    private Reply.Entries before(Member member, long seq, int limit) {
        long to = Math.min(seq - 1, lastVisible(member));
        var entries = log.latest(member.conversation(), member.visibleFrom(), to, limit + 1);
        int count = Math.min(limit, fitting(entries.reversed()));
        int size = entries.size();
        return new Reply.Entries(member.conversation(), entries.subList(size - count, size), count < size);
    }

    private static long lastVisible(Member member) {
        return member.lastVisible(Long.MAX_VALUE);
    }

    /// How many of the first entries fit into a page; at least one.
    private static int fitting(List<Entry> entries) {
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += FRAME_BYTES + BodySize.of(entries.get(i).body());
            if (bytes > PAGE_BYTES && i > 0) {
                return i;
            }
        }
        return entries.size();
    }
}
