package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import java.util.ArrayList;
import java.util.List;

/// A history told line by line, a millisecond apart.
final class Story {
    static final long ANN = 1;
    static final long BOB = 2;
    static final ConversationId DIRECT = ConversationId.direct(ANN, BOB);

    private final List<Line> lines = new ArrayList<>();
    private long at;
    private long requests;
    private int sessions;

    Story later(double seconds) {
        at += (long) (seconds * 1e6);
        return this;
    }

    Where online(String device, long user, String node) {
        var where = new Where(device, user, node, ++sessions);
        add(where, new What.Online());
        return where;
    }

    Story offline(Where where) {
        return add(where, new What.Offline("leaves"));
    }

    Story add(Where where, What what) {
        at += 1_000;
        lines.add(new Line.Seen(at, where, what));
        return this;
    }

    Story fault(String fault, String target, boolean begins) {
        at += 1_000;
        lines.add(new Line.Fault(at, fault, target, begins, true));
        return this;
    }

    Story milestone(Line.Phase phase) {
        at += 1_000;
        lines.add(new Line.Milestone(at, phase));
        return this;
    }

    long asks(Where where, Command command) {
        add(where, new What.Asked(++requests, command));
        return requests;
    }

    Story answers(Where where, long request, Command command, Reply reply) {
        return add(where, new What.Answered(request, command, reply));
    }

    Story does(Where where, Command command, Reply reply) {
        return answers(where, asks(where, command), command, reply);
    }

    Story sends(Where where, ConversationId conversation, String clientId, long seq) {
        return sends(where, conversation, clientId, seq, false);
    }

    Story sends(Where where, ConversationId conversation, String clientId, long seq, boolean duplicate) {
        return does(where, send(conversation, clientId), new Reply.Sent(conversation, seq, 0, duplicate));
    }

    Story pushed(Where where, Event event) {
        return add(where, new What.Pushed(event));
    }

    Story pushed(Where where, Entry... entries) {
        for (Entry entry : entries) {
            pushed(where, new Event.EntryAdded(entry));
        }
        return this;
    }

    Story fetches(Where where, Entry... entries) {
        var conversation = entries[0].conversation();
        var history = new Command.History(conversation, new Command.Range.After(0), 200);
        return does(where, history, new Reply.Entries(conversation, List.of(entries), false));
    }

    Story lists(Where where, ConversationItem... items) {
        return does(where, new Command.Sync(0, null), new Reply.Conversations(List.of(items), 0, null));
    }

    /// Somebody comes after all is over, with nothing, and looks.
    Story looks(long user, ConversationItem item, Entry... entries) {
        Where eye = online("eye-" + user, user, "node-1");
        lists(eye, item);
        if (entries.length > 0) {
            fetches(eye, entries);
        }
        return offline(eye);
    }

    Verdict verdict() {
        return Verdict.of(new History(lines));
    }

    static Command.Send send(ConversationId conversation, String clientId) {
        return new Command.Send(
                conversation,
                clientId,
                new Content.Text("text of " + clientId),
                0,
                Mentions.NONE,
                Command.Priority.NORMAL);
    }

    static Entry message(ConversationId conversation, long seq, long sender, String clientId) {
        var content = new Content.Text("text of " + clientId);
        return new Entry(conversation, seq, sender, seq, clientId, new Body.Message(content, 0, Mentions.NONE));
    }

    static Entry recalled(ConversationId conversation, long seq, long sender, String clientId, long by) {
        return new Entry(conversation, seq, sender, seq, clientId, new Body.Message(null, 0, Mentions.NONE, 0, by));
    }

    static Entry members(ConversationId group, long seq, Body.MemberChange change, Long... users) {
        return new Entry(group, seq, users[0], seq, null, new Body.MembersChanged(change, List.of(users)));
    }

    static ConversationItem item(ConversationId conversation, long firstSeq, long lastSeq, long readSeq, int unread) {
        return new ConversationItem(
                conversation,
                "title",
                "",
                Member.State.MEMBER,
                firstSeq,
                lastSeq,
                readSeq,
                unread,
                false,
                false,
                false,
                false,
                null);
    }
}
