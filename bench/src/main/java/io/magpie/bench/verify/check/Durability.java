package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.List;

/// What was acknowledged is there at the end, under the seq it was acknowledged with.
final class Durability implements Check {
    static final String NAME = "acknowledged is durable";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        for (Sends.Sending sending : facts.sends().all()) {
            for (Sends.Ack ack : sending.acks()) {
                if (ack.line().at() > facts.finalFrom()) {
                    continue;
                }
                findings.looked();
                Entry kept = facts.finalView()
                        .log(sending.key().conversation())
                        .get(ack.reply().seq());
                if (kept == null) {
                    findings.found(violation(facts, sending, ack, "is gone"));
                } else if (!Identity.is(kept, sending)) {
                    findings.found(violation(facts, sending, ack, "is another entry at the end"));
                }
            }
        }
    }

    private static Violation violation(Facts facts, Sends.Sending sending, Sends.Ack ack, String what) {
        List<Line> shown = new ArrayList<>(sending.lines());
        facts.sights(sending.key().conversation(), ack.reply().seq()).stream()
                .limit(1)
                .forEach(sight -> shown.add(sight.line()));
        facts.sights(sending.key().conversation(), ack.reply().seq()).stream()
                .filter(sight -> sight.line().at() > facts.finalFrom())
                .limit(1)
                .forEach(sight -> shown.add(sight.line()));
        return new Violation(
                "%s seq %d, acknowledged to %d, %s"
                        .formatted(
                                sending.key().conversation(),
                                ack.reply().seq(),
                                sending.key().user(),
                                what),
                shown);
    }
}
