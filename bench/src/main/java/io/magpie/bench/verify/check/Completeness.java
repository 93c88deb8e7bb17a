package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A list from the beginning has every conversation the user was shown before, each up to whatever anybody knew of
/// when it was asked for. A page of history that says there is no more is as complete.
final class Completeness implements Check {
    static final String NAME = "sync is complete";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Known known = Known.of(facts);
        Map<Long, Line.Seen> asked = new HashMap<>();
        Map<Long, Map<ConversationId, Line.Seen>> shown = new HashMap<>();
        for (Line any : facts.history().lines()) {
            if (!(any instanceof Line.Seen line)) {
                continue;
            }
            switch (line.what()) {
                case What.Asked question -> asked.put(question.request(), line);
                case What.Answered answered -> {
                    Line.Seen question = asked.remove(answered.request());
                    if (question != null) {
                        answered(known, shown, question, line, answered, findings);
                    }
                }
                default -> {}
            }
        }
    }

    private static void answered(
            Known known,
            Map<Long, Map<ConversationId, Line.Seen>> shown,
            Line.Seen asked,
            Line.Seen line,
            What.Answered answered,
            Findings findings) {
        switch (answered.reply()) {
            case Reply.Conversations list -> {
                var before = shown.computeIfAbsent(line.where().user(), _ -> new HashMap<>());
                if (answered.command() instanceof Command.Sync(long since, String cursor)
                        && since == 0
                        && cursor == null
                        && list.cursor() == null) {
                    findings.looked();
                    nothingMissing(before, list, asked, line, findings);
                    list.items().forEach(item -> upToDate(known, item, asked, line, findings));
                }
                list.items().forEach(item -> before.putIfAbsent(item.conversation(), line));
            }
            case Reply.Entries page
            when !page.more() && answered.command() instanceof Command.History history -> {
                findings.looked();
                page(known, history, page, asked, line, findings);
            }
            default -> {}
        }
    }

    private static void nothingMissing(
            Map<ConversationId, Line.Seen> before,
            Reply.Conversations list,
            Line.Seen asked,
            Line.Seen line,
            Findings findings) {
        Set<ConversationId> there = new HashSet<>();
        list.items().forEach(item -> there.add(item.conversation()));
        before.forEach((conversation, shown) -> {
            if (!there.contains(conversation) && shown.at() < asked.at()) {
                findings.found(new Violation(
                        "%s is missing in the list of %d"
                                .formatted(conversation, line.where().user()),
                        List.of(shown, asked, line)));
            }
        });
    }

    private static void upToDate(
            Known known, ConversationItem item, Line.Seen asked, Line.Seen line, Findings findings) {
        if (item.state() == Member.State.MEMBER) {
            known.before(item.conversation(), asked.at())
                    .filter(mark -> mark.seq() > item.lastSeq())
                    .ifPresent(mark -> findings.found(new Violation(
                            "%s ends at seq %d in the list of %d, but seq %d was known"
                                    .formatted(
                                            item.conversation(),
                                            item.lastSeq(),
                                            line.where().user(),
                                            mark.seq()),
                            List.of(mark.line(), asked, line))));
        }
    }

    /// Of direct conversations: nobody leaves those.
    private static void page(
            Known known,
            Command.History history,
            Reply.Entries page,
            Line.Seen asked,
            Line.Seen line,
            Findings findings) {
        var conversation = history.conversation();
        if (conversation.kind() != ConversationId.Kind.DIRECT
                || !(history.range() instanceof Command.Range.After(long after))) {
            return;
        }
        long last = page.entries().stream().mapToLong(Entry::seq).max().orElse(after);
        known.before(conversation, asked.at())
                .filter(mark -> mark.seq() > last)
                .ifPresent(mark -> findings.found(new Violation(
                        "%s ends at seq %d in the history of %d, but seq %d was known"
                                .formatted(conversation, last, line.where().user(), mark.seq()),
                        List.of(mark.line(), asked, line))));
    }
}
