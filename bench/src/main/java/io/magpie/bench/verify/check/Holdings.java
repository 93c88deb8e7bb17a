package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// At the end every device that came back holds everything its user may see, by push, sync, history and the answers to
/// what it sent or recalled itself.
final class Holdings implements Check {
    static final String NAME = "every device holds all";

    @Override
    public String name() {
        return NAME;
    }

    private record Shelf(String device, ConversationId conversation) {}

    @Override
    public void look(Facts facts, Findings findings) {
        Map<Shelf, Set<Long>> held = held(facts);
        Map<String, Where> back = new HashMap<>();
        facts.spans().values().stream()
                .filter(span -> span.from() > facts.finalFrom())
                .forEach(span -> back.put(span.where().device(), span.where()));
        back.forEach((device, where) -> facts.finalView()
                .items()
                .getOrDefault(where.user(), Map.of())
                .forEach((conversation, item) -> {
                    Set<Long> has = held.getOrDefault(new Shelf(device, conversation), Set.of());
                    for (long seq = item.item().firstSeq(); seq <= item.item().lastSeq(); seq++) {
                        findings.looked();
                        if (!has.contains(seq)) {
                            findings.found(violation(facts, where, item, seq));
                            return;
                        }
                    }
                }));
    }

    private static Map<Shelf, Set<Long>> held(Facts facts) {
        var shelves = new Shelves();
        facts.sights()
                .forEach((conversation, seqs) -> seqs.forEach((seq, sights) ->
                        sights.forEach(sight -> shelves.put(sight.line().where(), conversation, seq))));
        facts.sends()
                .all()
                .forEach(sending -> sending.acks()
                        .forEach(ack -> shelves.put(
                                ack.line().where(),
                                sending.key().conversation(),
                                ack.reply().seq())));
        for (Line line : facts.history().lines()) {
            if (line instanceof Line.Seen(var _, Where where, What.Answered answered)
                    && answered.command() instanceof Command.Recall recall
                    && answered.reply() instanceof Reply.Recorded(long seq)) {
                shelves.put(where, recall.conversation(), seq);
            }
        }
        return shelves.held;
    }

    private static final class Shelves {
        private final Map<Shelf, Set<Long>> held = new HashMap<>();

        void put(Where where, ConversationId conversation, long seq) {
            held.computeIfAbsent(new Shelf(where.device(), conversation), _ -> new HashSet<>())
                    .add(seq);
        }
    }

    private static Violation violation(Facts facts, Where where, FinalView.Item item, long seq) {
        var conversation = item.item().conversation();
        List<Line> shown = new ArrayList<>(List.of(item.line()));
        facts.sights(conversation, seq).stream().limit(2).forEach(sight -> shown.add(sight.line()));
        for (long near : List.of(seq - 1, seq + 1)) {
            facts.sights(conversation, near).stream()
                    .filter(sight -> sight.line().where().device().equals(where.device()))
                    .limit(1)
                    .forEach(sight -> shown.add(sight.line()));
        }
        facts.spans().values().stream()
                .filter(span -> span.where().device().equals(where.device()))
                .forEach(span -> shown.add(span.online()));
        return new Violation("%s does not hold %s seq %d".formatted(where.device(), conversation, seq), shown);
    }
}
