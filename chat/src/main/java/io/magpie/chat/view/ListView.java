package io.magpie.chat.view;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Room;
import io.magpie.chat.text.Line;
import io.magpie.chat.text.Style;
import io.magpie.chat.text.Width;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;

/// The list of conversations: number, who is there, title, what is unread.
final class ListView {
    private final ChatState state;
    private final int columns;

    ListView(ChatState state, int columns) {
        this.state = state;
        this.columns = columns;
    }

    List<Line> lines(int rows) {
        List<Room> rooms = state.list();
        int active = 0;
        for (int i = 0; i < rooms.size(); i++) {
            active = state.isActive(rooms.get(i)) ? i : active;
        }
        int from = Math.clamp(active - rows + 2, 0, Math.max(0, rooms.size() - rows));
        List<Line> lines = new ArrayList<>();
        for (int i = from; i < Math.min(rooms.size(), from + rows); i++) {
            lines.add(line(i + 1, rooms.get(i)));
        }
        return lines;
    }

    private Line line(int number, Room room) {
        boolean open = state.isActive(room);
        int unread = room.unread();
        String count = unread == 0 ? "" : (room.mentioned() ? "@" : "●") + (unread > 999 ? "999+" : unread);
        String label = number < 10 ? number + " " : number < 100 ? Integer.toString(number) : "  ";
        int left = columns - label.length() - 2 - Width.of(count) - (count.isEmpty() ? 0 : 1);
        String title = Width.pad(state.title(room), left);
        Style style = open ? Style.BAR : unread > 0 ? Style.BOLD : Style.PLAIN;
        Line line = Line.of(label, open ? Style.BAR : Style.DIM)
                .plus(sign(room), open ? Style.BAR : online(room) ? Style.GOOD : Style.DIM)
                .plus(" " + title, style);
        return count.isEmpty() ? line : line.plus(" " + count, open ? Style.BAR : Style.ACCENT);
    }

    private boolean online(Room room) {
        return room.id().kind() == ConversationId.Kind.DIRECT
                && state.people().online(room.id().peerOf(state.me()));
    }

    private String sign(Room room) {
        return switch (room.id().kind()) {
            case DIRECT -> online(room) ? "●" : "○";
            case GROUP -> "#";
            case NOTICES -> "!";
        };
    }
}
