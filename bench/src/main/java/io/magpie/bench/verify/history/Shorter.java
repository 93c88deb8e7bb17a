package io.magpie.bench.verify.history;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;

/// Long texts cut to what tells them apart, so that a history of many large messages fits into memory.
final class Shorter {
    private static final int LONGEST = 200;
    private static final int KEPT = 60;

    private Shorter() {}

    static What of(What what) {
        return switch (what) {
            case What.Pushed(Event.EntryAdded(Entry entry)) -> new What.Pushed(new Event.EntryAdded(of(entry)));
            case What.Asked asked -> new What.Asked(asked.request(), of(asked.command()));
            case What.Answered answered ->
                new What.Answered(answered.request(), of(answered.command()), of(answered.reply()));
            case What.Unanswered unanswered ->
                new What.Unanswered(unanswered.request(), of(unanswered.command()), unanswered.why());
            default -> what;
        };
    }

    private static Command of(Command command) {
        return command instanceof Command.Send send
                ? new Command.Send(
                        send.conversation(),
                        send.clientId(),
                        of(send.content()),
                        send.replyTo(),
                        send.mentions(),
                        send.priority())
                : command;
    }

    private static Reply of(Reply reply) {
        return switch (reply) {
            case Reply.Entries page ->
                new Reply.Entries(
                        page.conversation(),
                        page.entries().stream().map(Shorter::of).toList(),
                        page.more());
            default -> reply;
        };
    }

    private static Entry of(Entry entry) {
        return entry.body() instanceof Body.Message message
                ? new Entry(
                        entry.conversation(),
                        entry.seq(),
                        entry.sender(),
                        entry.sentAt(),
                        entry.clientId(),
                        new Body.Message(
                                message.content() == null ? null : of(message.content()),
                                message.replyTo(),
                                message.mentions(),
                                message.edited(),
                                message.recalled()))
                : entry;
    }

    private static Content of(Content content) {
        return content instanceof Content.Text(String text) && text.length() > LONGEST
                ? new Content.Text(
                        text.substring(0, KEPT) + "… " + text.length() + " #" + Integer.toHexString(text.hashCode()))
                : content;
    }
}
