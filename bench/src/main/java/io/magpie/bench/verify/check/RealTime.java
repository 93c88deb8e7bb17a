package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commit order is seq order: what was sent after something was acknowledged comes after it.
final class RealTime implements Check {
    static final String NAME = "later is later";

    private record Moment(long at, boolean ack, Sends.Sending sending, long seq) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Map<ConversationId, List<Moment>> byConversation = new HashMap<>();
        for (Sends.Sending sending : facts.sends().all()) {
            if (sending.acks().isEmpty()) {
                continue;
            }
            Sends.Ack ack = sending.acks().getFirst();
            var moments = byConversation.computeIfAbsent(sending.key().conversation(), _ -> new ArrayList<>());
            long seq = ack.reply().seq();
            moments.add(new Moment(sending.firstAsked(), false, sending, seq));
            moments.add(new Moment(ack.line().at(), true, sending, seq));
        }
        byConversation.forEach((conversation, moments) -> sweep(conversation, moments, findings));
    }

    private static void sweep(ConversationId conversation, List<Moment> moments, Findings findings) {
        moments.sort(Comparator.comparingLong(Moment::at));
        @Nullable Moment highest = null;
        for (Moment moment : moments) {
            if (moment.ack()) {
                highest = highest == null || moment.seq() > highest.seq() ? moment : highest;
                continue;
            }
            findings.looked();
            if (highest != null && moment.seq() < highest.seq()) {
                List<Line> shown = new ArrayList<>(highest.sending().lines());
                shown.addAll(moment.sending().lines());
                findings.found(new Violation(
                        "%s seq %d was sent after seq %d had been acknowledged"
                                .formatted(conversation, moment.seq(), highest.seq()),
                        shown));
            }
        }
    }
}
