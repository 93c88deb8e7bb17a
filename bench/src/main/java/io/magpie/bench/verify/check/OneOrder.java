package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/// A seq of a conversation is one entry: for every device, at every time, and for whoever was told so by an
/// acknowledgement. At the end the log has no gaps.
final class OneOrder implements Check {
    static final String NAME = "one order";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        facts.sights()
                .forEach((conversation, seqs) -> seqs.forEach((seq, sights) -> {
                    findings.looked();
                    Sight first = sights.getFirst();
                    sights.stream()
                            .filter(sight -> !Identity.same(first.entry(), sight.entry()))
                            .findFirst()
                            .ifPresent(other -> findings.found(new Violation(
                                    "%s seq %d is two entries".formatted(conversation, seq),
                                    List.of(first.line(), other.line()))));
                }));
        acknowledgements(facts, findings);
        facts.finalView().logs().forEach((conversation, log) -> gapless(facts, conversation, log, findings));
    }

    private static void acknowledgements(Facts facts, Findings findings) {
        Map<ConversationId, Map<Long, Sends.Sending>> owners = new HashMap<>();
        for (Sends.Sending sending : facts.sends().all()) {
            var conversation = sending.key().conversation();
            for (Sends.Ack ack : sending.acks()) {
                long seq = ack.reply().seq();
                var owner = owners.computeIfAbsent(conversation, _ -> new HashMap<>())
                        .putIfAbsent(seq, sending);
                if (owner != null && !owner.key().equals(sending.key())) {
                    List<Line> shown = new ArrayList<>(owner.lines());
                    shown.addAll(sending.lines());
                    findings.found(new Violation(
                            "%s seq %d was acknowledged for two messages".formatted(conversation, seq), shown));
                }
                facts.sights(conversation, seq).stream()
                        .filter(sight -> !Identity.is(sight.entry(), sending))
                        .findFirst()
                        .ifPresent(sight -> findings.found(new Violation(
                                "%s seq %d was acknowledged for one message and shown as another"
                                        .formatted(conversation, seq),
                                List.of(ack.line(), sight.line()))));
            }
        }
    }

    private static void gapless(
            Facts facts, ConversationId conversation, NavigableMap<Long, Entry> log, Findings findings) {
        long expected = 1;
        for (Entry entry : log.values()) {
            findings.looked();
            if (entry.seq() != expected) {
                List<Line> shown = new ArrayList<>();
                for (long seq = expected - 1; seq <= entry.seq(); seq++) {
                    facts.sights(conversation, seq).stream().limit(2).forEach(sight -> shown.add(sight.line()));
                }
                findings.found(new Violation(
                        "%s has no seq %d, but seq %d".formatted(conversation, expected, entry.seq()), shown));
                return;
            }
            expected++;
        }
    }
}
