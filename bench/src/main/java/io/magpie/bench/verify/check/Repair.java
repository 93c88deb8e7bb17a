package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// An entry is shown, within 30 s of the first time anybody could know of it and without being asked for, to every
/// device that is connected for as long: time in which its node cannot serve does not count, nor does a device that
/// does not read or was told that it lags there.
final class Repair implements Check {
    static final String NAME = "repaired within 30 s";
    static final long BOUND = 30_000_000;

    @Override
    public String name() {
        return NAME;
    }

    private record Delivery(int session, long seq) {}

    @Override
    public void look(Facts facts, Findings findings) {
        Memberships memberships = facts.memberships();
        facts.sights().forEach((conversation, seqs) -> {
            Map<Delivery, Long> delivered = delivered(seqs);
            Map<Long, Line.Seen> committed = committed(facts, conversation, seqs);
            for (Span span : facts.spans().values()) {
                long user = span.where().user();
                committed.forEach((seq, known) -> {
                    long at = known.at();
                    if (at < span.from()
                            || span.until() - at <= BOUND
                            || at >= facts.finalFrom()
                            || !memberships.mayHaveSeen(conversation, user, seq)) {
                        return;
                    }
                    findings.looked();
                    Long shown = delivered.get(new Delivery(span.where().session(), seq));
                    long until = shown == null ? span.until() : shown;
                    if (late(facts, conversation, span, at, until)
                            && !facts.madeBy(span.where().session(), conversation, seq)) {
                        findings.found(violation(facts, span, conversation, seq, known, shown));
                    }
                });
            }
        });
    }

    private static boolean late(Facts facts, ConversationId conversation, Span span, long from, long until) {
        if (until - from <= BOUND || span.laggedWithin(conversation, from, until)) {
            return false;
        }
        long deaf = span.deaf().stream()
                .mapToLong(window -> window.overlap(from, until))
                .sum();
        return facts.outages().served(span.where().node(), from, until) - deaf > BOUND;
    }

    private static Map<Delivery, Long> delivered(NavigableMap<Long, List<Sight>> seqs) {
        Map<Delivery, Long> delivered = new HashMap<>();
        seqs.forEach((seq, sights) -> sights.forEach(sight -> delivered.putIfAbsent(
                new Delivery(sight.line().where().session(), seq), sight.line().at())));
        return delivered;
    }

    /// Where each entry was first known to be committed.
    private static Map<Long, Line.Seen> committed(
            Facts facts, ConversationId conversation, NavigableMap<Long, List<Sight>> seqs) {
        Map<Long, Line.Seen> committed = new HashMap<>();
        seqs.forEach((seq, sights) -> committed.put(seq, sights.getFirst().line()));
        for (Sends.Sending sending : facts.sends().all()) {
            if (sending.key().conversation().equals(conversation)) {
                sending.acks()
                        .forEach(ack -> committed.merge(
                                ack.reply().seq(), ack.line(), (one, other) -> one.at() <= other.at() ? one : other));
            }
        }
        return committed;
    }

    private static Violation violation(
            Facts facts, Span span, ConversationId conversation, long seq, Line.Seen known, @Nullable Long shown) {
        long at = known.at();
        List<Line> lines = new ArrayList<>(List.of(span.online(), known));
        facts.sights(conversation, seq).stream()
                .filter(sight -> sight.line().where().session() == span.where().session())
                .limit(1)
                .forEach(sight -> lines.add(sight.line()));
        facts.history().lines().stream()
                .filter(line -> line instanceof Line.Fault && line.at() >= at - BOUND && line.at() <= at + 2 * BOUND)
                .forEach(lines::add);
        String what = shown == null
                ? "was not shown to %s in %.1f s".formatted(span.where().device(), (span.until() - at) / 1e6)
                : "was shown to %s only after %.1f s".formatted(span.where().device(), (shown - at) / 1e6);
        return new Violation("%s seq %d %s".formatted(conversation, seq, what), lines);
    }
}
