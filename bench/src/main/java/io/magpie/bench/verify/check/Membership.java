package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Nobody is shown an entry that came to be while he was no member, nor told anything of other people's
/// conversations.
final class Membership implements Check {
    static final String NAME = "members only";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Memberships memberships = facts.memberships();
        facts.sights()
                .forEach((conversation, seqs) -> seqs.forEach((seq, sights) -> {
                    for (Sight sight : sights) {
                        findings.looked();
                        long user = sight.line().where().user();
                        if (!memberships.mayHaveSeen(conversation, user, seq)) {
                            findings.found(new Violation(
                                    "%s seq %d was shown to %d, who was no member then"
                                            .formatted(conversation, seq, user),
                                    around(facts, memberships, conversation, user, sight)));
                        }
                    }
                }));
        for (Line line : facts.history().lines()) {
            if (line instanceof Line.Seen seen) {
                told(seen, findings);
            }
        }
    }

    private static List<Line> around(
            Facts facts, Memberships memberships, ConversationId conversation, long user, Sight sight) {
        List<Line> shown = new ArrayList<>(List.of(sight.line()));
        Span span = facts.spans().get(sight.line().where().session());
        if (span != null) {
            shown.add(span.online());
        }
        long seq = sight.entry().seq();
        var stays = memberships.stays(conversation, user);
        // The last leaving before it and the first joining after it.
        LongStream.concat(
                        stays.stream().mapToLong(Memberships.Stay::to).filter(to -> to < seq).max().stream(),
                        stays.stream().mapToLong(Memberships.Stay::from).filter(from -> from > seq).min().stream())
                .forEach(near ->
                        facts.sights(conversation, near).stream().limit(1).forEach(first -> shown.add(first.line())));
        return shown;
    }

    private static void told(Line.Seen line, Findings findings) {
        ConversationId conversation = line.what() instanceof What.Pushed(Event event) ? subject(event) : null;
        if (conversation != null && conversation.kind() != ConversationId.Kind.GROUP) {
            findings.looked();
            if (!conversation.names(line.where().user())) {
                findings.found(
                        new Violation("%d was told of %s".formatted(line.where().user(), conversation), List.of(line)));
            }
        }
    }

    private static @Nullable ConversationId subject(Event event) {
        return switch (event) {
            case Event.Read read -> read.conversation();
            case Event.Delivered delivered -> delivered.conversation();
            case Event.Listened listened -> listened.conversation();
            case Event.Typing typing -> typing.conversation();
            case Event.EntryAdded _, Event.Presence _, Event.Lagging _, Event.Bye _ -> null;
        };
    }
}
