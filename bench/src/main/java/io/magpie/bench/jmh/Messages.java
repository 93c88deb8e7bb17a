package io.magpie.bench.jmh;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;

/// What people send: a hundred bytes of text.
final class Messages {
    static final Content.Text TEXT = new Content.Text("x".repeat(100));
    static final Body.Message MESSAGE = new Body.Message(TEXT, 0, Mentions.NONE);
    static final ConversationId DIRECT = ConversationId.direct(1000, 2000);

    private Messages() {}

    static Entry entry(ConversationId conversation, long seq) {
        return new Entry(conversation, seq, 1000, 1_800_000_000_000L + seq, "client-" + seq, MESSAGE);
    }

    static Event.EntryAdded pushed() {
        return new Event.EntryAdded(entry(DIRECT, 123_456));
    }

    static Request send() {
        return new Request(
                "123456", new Command.Send(DIRECT, "client-123456", TEXT, 0, Mentions.NONE, Command.Priority.NORMAL));
    }
}
