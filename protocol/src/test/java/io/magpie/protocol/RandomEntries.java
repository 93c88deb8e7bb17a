package io.magpie.protocol;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Role;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.List;
import java.util.random.RandomGenerator;

/// Seeded entries and bodies, whatever core can express.
public class RandomEntries extends RandomContents {
    public RandomEntries(RandomGenerator random) {
        super(random);
    }

    public Entry entry() {
        return new Entry(conversation(), id(), idOrNone(), id(), flip() ? null : anyText(), body());
    }

    public Body body() {
        return oneOf(List.of(
                () -> new Body.Message(flip() ? null : content(), idOrNone(), mentions(), idOrNone(), idOrNone()),
                () -> new Body.Recall(id()),
                () -> new Body.Edit(id(), flip() ? null : content()),
                () -> new Body.Reaction(id(), anyText(), flip()),
                () -> new Body.MembersChanged(
                        pick(Body.MemberChange.values()),
                        list(20, this::id),
                        flip() ? null : pick(Role.values()),
                        idOrNone(),
                        flip() ? null : anyText()),
                this::group,
                () -> new Body.Notice(
                        pick(Body.NoticeEvent.values()),
                        idOrNone(),
                        idOrNone(),
                        idOrNone(),
                        flip() ? null : anyText())));
    }

    private Body group() {
        return new Body.GroupChanged(
                pick(Body.GroupChange.values()),
                flip() ? null : anyText(),
                flip() ? null : anyText(),
                flip() ? null : anyText(),
                flip() ? null : pick(JoinPolicy.values()),
                flip() ? null : (Boolean) flip(),
                flip() ? null : (Long) idOrNone(),
                flip() ? null : (Long) id());
    }
}
