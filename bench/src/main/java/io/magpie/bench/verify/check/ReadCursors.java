package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A read cursor only goes forward: what was answered as read stays read, no session is told of a cursor that goes
/// back, and none stands where its user never said to be.
final class ReadCursors implements Check {
    static final String NAME = "read cursors go forward";

    private record Cursor(ConversationId conversation, long user) {}

    private record Told(int session, Cursor cursor) {}

    private record Position(long seq, Line.Seen line) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Map<Cursor, Set<Long>> said = new HashMap<>();
        Map<Cursor, Position> durable = new HashMap<>();
        Map<Told, Position> told = new HashMap<>();
        Map<Long, Line.Seen> asked = new HashMap<>();
        for (Line any : facts.history().lines()) {
            if (!(any instanceof Line.Seen line)) {
                continue;
            }
            switch (line.what()) {
                case What.Asked question -> {
                    asked.put(question.request(), line);
                    if (question.command() instanceof Command.Read(var conversation, long seq)) {
                        said.computeIfAbsent(
                                        new Cursor(conversation, line.where().user()), _ -> new HashSet<>())
                                .add(seq);
                    }
                }
                case What.Answered answered -> {
                    Line.Seen question = asked.remove(answered.request());
                    if (question != null) {
                        answered(durable, question, line, answered, findings);
                    }
                }
                case What.Pushed(Event.Read read) -> pushed(said, told, line, read, findings);
                default -> {}
            }
        }
    }

    private static void answered(
            Map<Cursor, Position> durable,
            Line.Seen question,
            Line.Seen line,
            What.Answered answered,
            Findings findings) {
        switch (answered.reply()) {
            case Reply.Unread _
            when answered.command() instanceof Command.Read(var conversation, long seq) ->
                durable.merge(
                        new Cursor(conversation, line.where().user()),
                        new Position(seq, line),
                        (one, other) -> one.seq() >= other.seq() ? one : other);
            case Reply.Conversations list ->
                list.items().forEach(item -> {
                    Position position = durable.get(
                            new Cursor(item.conversation(), line.where().user()));
                    if (position != null && position.line().at() < question.at()) {
                        findings.looked();
                        if (item.readSeq() < position.seq()) {
                            findings.found(new Violation(
                                    "%s is read to seq %d in the list of %d, who had read to seq %d"
                                            .formatted(
                                                    item.conversation(),
                                                    item.readSeq(),
                                                    line.where().user(),
                                                    position.seq()),
                                    List.of(position.line(), question, line)));
                        }
                    }
                });
            default -> {}
        }
    }

    private static void pushed(
            Map<Cursor, Set<Long>> said, Map<Told, Position> told, Line.Seen line, Event.Read read, Findings findings) {
        findings.looked();
        var cursor = new Cursor(read.conversation(), read.user());
        Position before = told.put(new Told(line.where().session(), cursor), new Position(read.seq(), line));
        if (before != null && before.seq() > read.seq()) {
            findings.found(new Violation(
                    "%s: the read cursor of %d went back from seq %d to seq %d"
                            .formatted(read.conversation(), read.user(), before.seq(), read.seq()),
                    List.of(before.line(), line)));
        }
        if (!said.getOrDefault(cursor, Set.of()).contains(read.seq())) {
            findings.found(new Violation(
                    "%s: %d never said to have read to seq %d".formatted(read.conversation(), read.user(), read.seq()),
                    List.of(line)));
        }
    }
}
