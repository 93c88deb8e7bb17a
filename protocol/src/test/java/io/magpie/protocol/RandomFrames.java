package io.magpie.protocol;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.Member;
import io.magpie.core.device.Platform;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.util.List;
import java.util.random.RandomGenerator;

/// Seeded replies and pushes.
public class RandomFrames extends RandomEntries {
    public RandomFrames(RandomGenerator random) {
        super(random);
    }

    public Reply reply() {
        return oneOf(List.of(
                () -> new Reply.Welcome(id(), id(), anyText(), anyText(), id(), id(), number(0, Integer.MAX_VALUE - 1)),
                () -> new Reply.Pong(id()),
                () -> new Reply.Sent(conversation(), id(), id(), flip()),
                Reply.Ok::new,
                () -> new Reply.Unread(number(0, 1000)),
                () -> new Reply.Recorded(id()),
                () -> new Reply.Entries(conversation(), list(5, this::entry), flip()),
                () -> new Reply.Conversations(list(5, this::item), idOrNone(), flip() ? null : anyText()),
                () -> new Reply.Presence(states()),
                () -> new Reply.Failed(new Rejection(pick(ErrorCode.values()), anyText(), idOrNone()))));
    }

    public Event event() {
        return oneOf(List.of(
                () -> new Event.EntryAdded(entry()),
                () -> new Event.Read(conversation(), id(), id()),
                () -> new Event.Delivered(conversation(), id(), id()),
                () -> new Event.Listened(conversation(), id(), id()),
                () -> new Event.Typing(conversation(), id(), flip()),
                () -> new Event.Presence(states()),
                () -> new Event.Lagging(list(5, this::conversation)),
                () -> new Event.Bye(pick(Event.Bye.Reason.values()), idOrNone(), flip() ? null : anyText())));
    }

    private ConversationItem item() {
        return new ConversationItem(
                conversation(),
                anyText(),
                flip() ? "" : anyText(),
                pick(Member.State.values()),
                id(),
                idOrNone(),
                idOrNone(),
                number(0, 1000),
                flip(),
                flip(),
                flip(),
                flip(),
                flip() ? null : entry());
    }

    private List<PresenceState> states() {
        return list(5, () -> new PresenceState(id(), flip(), list(3, () -> pick(Platform.values())), idOrNone()));
    }
}
