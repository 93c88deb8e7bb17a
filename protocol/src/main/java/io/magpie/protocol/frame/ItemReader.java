package io.magpie.protocol.frame;

import static io.magpie.protocol.frame.Limits.NUMBER;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import java.util.ArrayList;
import java.util.List;

/// Builds the items of a client's lists.
final class ItemReader {
    private static final int ANY = Integer.MAX_VALUE;

    private ItemReader() {}

    static Reply.Conversations conversations(Fields frame) {
        List<ConversationItem> items = new ArrayList<>();
        for (Fields item : FrameReader.objects(frame, Field.ITEMS)) {
            // A newer server may have conversations of kinds that this version cannot name.
            if (item.get(Field.CONVERSATION) instanceof String id
                    && ConversationId.parse(id).isPresent()) {
                items.add(item(item));
            }
        }
        return new Reply.Conversations(
                List.copyOf(items), frame.number(Field.SYNCED_AT, 0, NUMBER), frame.textOrNull(Field.CURSOR, 0, ANY));
    }

    private static ConversationItem item(Fields item) {
        String avatar = item.textOrNull(Field.AVATAR, 0, ANY);
        return new ConversationItem(
                CommandReader.conversation(item),
                item.text(Field.TITLE, 0, ANY),
                avatar == null ? "" : avatar,
                item.choice(Field.STATE, WireNames.STATE),
                item.number(Field.FIRST_SEQ, 0, NUMBER),
                item.number(Field.LAST_SEQ, 0, NUMBER),
                item.number(Field.READ_SEQ, 0, NUMBER),
                item.integer(Field.UNREAD, 0, ANY),
                item.flag(Field.MENTIONED),
                item.flag(Field.MUTED),
                item.flag(Field.PINNED),
                item.flagOr(false, Field.HIDDEN),
                item.has(Field.LAST) ? EntryReader.tolerant(item.object(Field.LAST)) : null);
    }

    static List<PresenceState> states(Fields frame) {
        List<PresenceState> states = new ArrayList<>();
        for (Fields state : FrameReader.objects(frame, Field.STATES)) {
            states.add(new PresenceState(
                    state.number(Field.USER, 0, NUMBER),
                    state.flag(Field.ONLINE),
                    platforms(state),
                    state.numberOr(0, Field.LAST_SEEN_AT, 0, NUMBER)));
        }
        return List.copyOf(states);
    }

    private static List<Platform> platforms(Fields state) {
        List<Platform> platforms = new ArrayList<>();
        for (Object item : state.items(Field.PLATFORMS, ANY)) {
            Platform platform = item instanceof String name ? WireNames.PLATFORM.find(name) : null;
            if (platform != null) {
                platforms.add(platform);
            }
        }
        return List.copyOf(platforms);
    }
}
