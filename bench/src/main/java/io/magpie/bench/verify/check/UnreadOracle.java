package io.magpie.bench.verify.check;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Unread;
import java.util.List;
import java.util.NavigableMap;

/// The unread numbers at the end, counted again by their definition: live messages and notices by others, after the
/// read cursor, that the user may see.
final class UnreadOracle implements Check {
    static final String NAME = "unread is exact";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        facts.finalView()
                .items()
                .forEach((user, items) -> items.forEach((conversation, item) -> {
                    findings.looked();
                    int expected = expected(user, item.item(), facts.finalView().log(conversation));
                    if (expected != item.item().unread()) {
                        findings.found(new Violation(
                                "%s: %d unread for %d, who has read to seq %d of %d..%d (expected: %d)"
                                        .formatted(
                                                conversation,
                                                item.item().unread(),
                                                user,
                                                item.item().readSeq(),
                                                item.item().firstSeq(),
                                                item.item().lastSeq(),
                                                expected),
                                List.of(item.line())));
                    }
                }));
    }

    private static int expected(long user, ConversationItem item, NavigableMap<Long, Entry> log) {
        if (item.state() != Member.State.MEMBER || item.lastSeq() < item.firstSeq()) {
            return 0;
        }
        long count = log.subMap(item.firstSeq(), true, item.lastSeq(), true).values().stream()
                .filter(entry -> entry.seq() > item.readSeq() && entry.sender() != user)
                .filter(entry -> counts(entry.body()))
                .count();
        return (int) Math.min(count, Unread.CAP);
    }

    private static boolean counts(Body body) {
        return body instanceof Body.Notice || (body instanceof Body.Message message && message.recalled() == 0);
    }
}
