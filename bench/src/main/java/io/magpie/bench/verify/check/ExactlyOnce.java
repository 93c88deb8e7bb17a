package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One message, one entry: however often it was sent, all answers name one seq, and nothing is in a log that nobody
/// sent.
final class ExactlyOnce implements Check {
    static final String NAME = "exactly once";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        for (Sends.Sending sending : facts.sends().all()) {
            findings.looked();
            answers(sending, findings);
        }
        facts.finalView().logs().forEach((conversation, log) -> {
            Map<String, Entry> byMessage = new HashMap<>();
            Map<Content, Entry> byContent = new HashMap<>();
            for (Entry entry : log.values()) {
                if (entry.clientId() != null) {
                    findings.looked();
                    origin(facts, entry, findings);
                    Entry before = byMessage.putIfAbsent(entry.sender() + " " + entry.clientId(), entry);
                    Content content = Identity.content(entry);
                    Entry twin = content == null ? null : byContent.putIfAbsent(content, entry);
                    if (before != null) {
                        findings.found(twice(facts, conversation, before, entry));
                    } else if (twin != null) {
                        findings.found(twice(facts, conversation, twin, entry));
                    }
                }
            }
        });
    }

    private static void answers(Sends.Sending sending, Findings findings) {
        List<Sends.Ack> acks = sending.acks();
        if (acks.stream().map(ack -> ack.reply().seq()).distinct().count() > 1) {
            findings.found(new Violation(
                    "%s clientId %s of %d was acknowledged with different seqs"
                            .formatted(
                                    sending.key().conversation(),
                                    sending.key().clientId(),
                                    sending.key().user()),
                    sending.lines()));
        } else if (acks.stream().filter(ack -> !ack.reply().duplicate()).count() > 1) {
            findings.found(new Violation(
                    "%s clientId %s of %d was acknowledged as new more than once"
                            .formatted(
                                    sending.key().conversation(),
                                    sending.key().clientId(),
                                    sending.key().user()),
                    sending.lines()));
        }
    }

    private static void origin(Facts facts, Entry entry, Findings findings) {
        String clientId = entry.clientId();
        if (clientId != null && facts.sends().find(entry.sender(), entry.conversation(), clientId) == null) {
            findings.found(new Violation(
                    "%s seq %d was sent by nobody".formatted(entry.conversation(), entry.seq()), lines(facts, entry)));
        }
    }

    private static Violation twice(Facts facts, ConversationId conversation, Entry first, Entry second) {
        List<Line> shown = new ArrayList<>(lines(facts, first));
        shown.addAll(lines(facts, second));
        String clientId = first.clientId();
        var sending = clientId == null ? null : facts.sends().find(first.sender(), conversation, clientId);
        if (sending != null) {
            shown.addAll(sending.lines());
        }
        return new Violation(
                "%s seq %d and seq %d are the same message".formatted(conversation, first.seq(), second.seq()), shown);
    }

    private static List<Line> lines(Facts facts, Entry entry) {
        return facts.sights(entry.conversation(), entry.seq()).stream()
                .limit(1)
                .map(sight -> (Line) sight.line())
                .toList();
    }
}
