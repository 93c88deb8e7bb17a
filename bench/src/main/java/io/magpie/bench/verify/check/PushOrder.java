package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A session is pushed the entries of a conversation in the order of their seqs, without holes, unless it is told
/// that it lags: that comes once its connection takes more again, so maybe after the hole.
final class PushOrder implements Check {
    static final String NAME = "pushed in order";

    private static final long BEFORE = 60_000_000;
    private static final long AFTER = 30_000_000;

    private record Place(int session, ConversationId conversation) {}

    /// What a session has been shown of a conversation.
    private static final class Stream {
        private final Set<Long> shown = new HashSet<>();
        private Line.@Nullable Seen last;
        private long highest;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Map<Place, Stream> streams = new HashMap<>();
        Memberships memberships = facts.memberships();
        for (Line any : facts.history().lines()) {
            if (!(any instanceof Line.Seen line)) {
                continue;
            }
            Where where = line.where();
            switch (line.what()) {
                case What.Pushed(Event.EntryAdded(Entry entry)) -> {
                    findings.looked();
                    var stream = stream(streams, where, entry.conversation());
                    if (!lagging(facts, line, entry.conversation())) {
                        pushed(facts, memberships, stream, line, entry, findings);
                    }
                    stream.shown.add(entry.seq());
                    if (entry.seq() > stream.highest) {
                        stream.highest = entry.seq();
                        stream.last = line;
                    }
                }
                case What.Answered answered -> answered(streams, where, answered);
                default -> {}
            }
        }
    }

    private static boolean lagging(Facts facts, Line.Seen line, ConversationId conversation) {
        Span span = facts.spans().get(line.where().session());
        return span != null && span.laggedWithin(conversation, line.at() - AFTER, line.at() + BEFORE);
    }

    private static void answered(Map<Place, Stream> streams, Where where, What.Answered answered) {
        switch (answered.reply()) {
            case Reply.Entries entries ->
                entries.entries()
                        .forEach(entry -> stream(streams, where, entry.conversation())
                                .shown
                                .add(entry.seq()));
            case Reply.Sent sent ->
                stream(streams, where, sent.conversation()).shown.add(sent.seq());
            case Reply.Recorded(long seq)
            when answered.command() instanceof Command.Recall recall ->
                stream(streams, where, recall.conversation()).shown.add(seq);
            default -> {}
        }
    }

    private static Stream stream(Map<Place, Stream> streams, Where where, ConversationId conversation) {
        return streams.computeIfAbsent(new Place(where.session(), conversation), _ -> new Stream());
    }

    private static void pushed(
            Facts facts, Memberships memberships, Stream stream, Line.Seen line, Entry entry, Findings findings) {
        Line.Seen last = stream.last;
        if (last == null || stream.shown.contains(entry.seq())) {
            return;
        }
        var conversation = entry.conversation();
        if (entry.seq() < stream.highest) {
            findings.found(new Violation(
                    "%s seq %d was pushed after seq %d".formatted(conversation, entry.seq(), stream.highest),
                    List.of(last, line)));
            return;
        }
        for (long seq = stream.highest + 1; seq < entry.seq(); seq++) {
            if (!stream.shown.contains(seq)
                    && memberships.mayHaveSeen(conversation, line.where().user(), seq)
                    && !facts.madeBy(line.where().session(), conversation, seq)) {
                findings.found(new Violation(
                        "%s seq %d was pushed without seq %d before it".formatted(conversation, entry.seq(), seq),
                        List.of(last, line)));
                return;
            }
        }
    }
}
