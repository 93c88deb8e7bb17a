package io.magpie.protocol.frame;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the constants of an enum look on the wire: `JOIN_REQUEST` is `join-request`. Immutable.
final class WireNames<E extends Enum<E>> {
    static final WireNames<Platform> PLATFORM = new WireNames<>(Platform.class);
    static final WireNames<Command.Priority> PRIORITY = new WireNames<>(Command.Priority.class);
    static final WireNames<ConversationId.Kind> KIND = new WireNames<>(ConversationId.Kind.class);
    static final WireNames<Member.State> STATE = new WireNames<>(Member.State.class);
    static final WireNames<Role> ROLE = new WireNames<>(Role.class);
    static final WireNames<JoinPolicy> JOIN_POLICY = new WireNames<>(JoinPolicy.class);
    static final WireNames<Body.MemberChange> MEMBER_CHANGE = new WireNames<>(Body.MemberChange.class);
    static final WireNames<Body.GroupChange> GROUP_CHANGE = new WireNames<>(Body.GroupChange.class);
    static final WireNames<Body.NoticeEvent> NOTICE_EVENT = new WireNames<>(Body.NoticeEvent.class);

    private final Map<E, String> names;
    private final Map<String, E> constants = new HashMap<>();

    private WireNames(Class<E> type) {
        names = new EnumMap<>(type);
        for (E constant : EnumSet.allOf(type)) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            names.put(constant, name);
            constants.put(name, constant);
        }
    }

    String of(E constant) {
        return Objects.requireNonNull(names.get(constant));
    }

    @Nullable
    E find(String name) {
        return constants.get(name);
    }

    /// All names, for people.
    @Override
    public String toString() {
        return String.join(", ", names.values());
    }
}
