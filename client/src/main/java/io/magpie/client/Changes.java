package io.magpie.client;

import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;

/// What a recall or an edit makes of a message. Applying one again, or one older than what was applied, changes
/// nothing.
public final class Changes {
    private Changes() {}

    /// @param cause an entry whose body names `target`
    public static Entry apply(Entry target, Entry cause) {
        if (!(target.body() instanceof Body.Message message) || message.recalled() != 0) {
            return target;
        }
        return switch (cause.body()) {
            case Body.Recall _ ->
                with(
                        target,
                        new Body.Message(null, message.replyTo(), message.mentions(), message.edited(), cause.seq()));
            case Body.Edit(var _, var content) ->
                content == null || message.edited() >= cause.seq()
                        ? target
                        : with(
                                target,
                                new Body.Message(content, message.replyTo(), message.mentions(), cause.seq(), 0));
            case Body.Message _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> target;
        };
    }

    private static Entry with(Entry entry, Body body) {
        return new Entry(entry.conversation(), entry.seq(), entry.sender(), entry.sentAt(), entry.clientId(), body);
    }
}
