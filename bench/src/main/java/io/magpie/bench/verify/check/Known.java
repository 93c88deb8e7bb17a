package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The highest seq of each conversation that anybody had seen or been promised at a time, and so was committed.
final class Known {
    private final Map<ConversationId, TreeMap<Long, Mark>> marks = new HashMap<>();

    record Mark(long seq, Line.Seen line) {}

    static Known of(Facts facts) {
        var known = new Known();
        facts.sights()
                .values()
                .forEach(seqs -> seqs.values()
                        .forEach(sights -> known.add(
                                sights.getFirst().entry().conversation(),
                                sights.getFirst().entry().seq(),
                                sights.getFirst().line())));
        facts.sends()
                .all()
                .forEach(sending -> sending.acks()
                        .forEach(ack -> known.add(
                                sending.key().conversation(), ack.reply().seq(), ack.line())));
        known.marks.values().forEach(Known::rise);
        return known;
    }

    private void add(ConversationId conversation, long seq, Line.Seen line) {
        marks.computeIfAbsent(conversation, _ -> new TreeMap<>())
                .merge(line.at(), new Mark(seq, line), (one, other) -> one.seq() > other.seq() ? one : other);
    }

    /// Each mark becomes the highest so far.
    private static void rise(NavigableMap<Long, Mark> marks) {
        Mark highest = new Mark(0, marks.firstEntry().getValue().line());
        for (Map.Entry<Long, Mark> each : marks.entrySet()) {
            highest = each.getValue().seq() > highest.seq() ? each.getValue() : highest;
            each.setValue(highest);
        }
    }

    /// What was known before the time.
    Optional<Mark> before(ConversationId conversation, long at) {
        return Optional.ofNullable(
                        marks.getOrDefault(conversation, new TreeMap<>()).lowerEntry(at))
                .map(Map.Entry::getValue);
    }
}
