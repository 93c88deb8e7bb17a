package io.magpie.chat.view;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Room;
import io.magpie.chat.text.Line;
import io.magpie.chat.text.Style;
import io.magpie.chat.text.Width;
import io.magpie.chat.text.Wrap;
import io.magpie.client.ConnectionState;
import io.magpie.core.conversation.ConversationId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The whole screen: what is open on top, the list on the left unless the terminal is narrow, messages, one
/// line of status, one of input.
public final class View {
    private static final int LIST = 22;
    private static final int NARROW = 60;
    private static final DateTimeFormatter SEEN = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private final ChatState state;
    private final ZoneId zone;

    /// @param wantsOlder whether the oldest line that is here can be seen, and there may be more
    public record Frame(List<Line> lines, int cursorRow, int cursorColumn, boolean wantsOlder) {}

    public View(ChatState state, ZoneId zone) {
        this.state = state;
        this.zone = zone;
    }

    /// @param cursor index into the input
    public Frame frame(int rows, int columns, String input, int cursor, long now) {
        int body = Math.max(1, rows - 3);
        int left = columns < NARROW || !state.overlay().isEmpty() ? 0 : LIST;
        int width = columns - (left == 0 ? 0 : left + 1);
        List<Line> list = left == 0 ? List.of() : new ListView(state, left).lines(body);
        List<Line> content = new ArrayList<>();
        boolean wantsOlder = content(content, body, width);
        List<Line> lines = new ArrayList<>();
        lines.add(title(columns));
        for (int row = 0; row < body; row++) {
            Line right = row < content.size() ? content.get(row) : Line.EMPTY;
            Line item = row < list.size() ? list.get(row) : Line.EMPTY;
            lines.add(left == 0 ? right : item.at(left, Line.of("│", Style.DIM).plus(right)));
        }
        lines.add(status(columns, now));
        InputView typed = InputView.of(input, cursor, columns);
        lines.add(typed.line());
        return new Frame(lines, rows - 1, typed.cursor(), wantsOlder);
    }

    private boolean content(List<Line> content, int body, int width) {
        Room room = state.active().orElse(null);
        if (!state.overlay().isEmpty() || room == null) {
            List<String> texts = state.overlay().isEmpty() ? welcome() : state.overlay();
            texts.subList(Math.min(state.overlayFrom(), texts.size()), texts.size())
                    .forEach(text -> Wrap.lines(text, width - 1).forEach(each -> content.add(Line.of(" " + each))));
            return false;
        }
        MessageView messages = new MessageView(state, room, zone, width - 1);
        int wanted = body + room.scrolled();
        // One more than can be seen tells whether the oldest one here is in sight.
        List<Line> lines = messages.last(wanted + 1);
        boolean allInSight = lines.size() <= wanted;
        room.scroll(Math.clamp(lines.size() - body, 0, room.scrolled()));
        int to = lines.size() - room.scrolled();
        int from = Math.max(0, to - body);
        for (int i = to - from; i < body; i++) {
            content.add(Line.EMPTY);
        }
        lines.subList(from, to).forEach(line -> content.add(Line.of(" ").plus(line)));
        return allInSight && !room.atBeginning();
    }

    private List<String> welcome() {
        return List.of(
                "",
                "Welcome to Magpie, " + state.username() + ".",
                "",
                "/msg NAME TEXT    write to somebody",
                "/group new NAME USER…    talk with several",
                "/open NAME  or  Alt-1 … Alt-9    go to a conversation",
                "/help    everything else",
                "",
                "Tab completes commands, names, @mentions and :emoji.");
    }

    private Line title(int columns) {
        String right = state.username() + " ";
        String left = state.active().map(room -> " " + heading(room)).orElse(" Magpie");
        return Line.of(Width.pad(left, columns - Width.of(right)) + right, Style.BAR);
    }

    private String heading(Room room) {
        String title = state.title(room);
        return switch (room.id().kind()) {
            case NOTICES -> title;
            case GROUP ->
                "# " + title
                        + (room.members().size() > 1 ? " · " + room.members().size() + " people" : "");
            case DIRECT -> title + presence(room.id());
        };
    }

    private String presence(ConversationId id) {
        long peer = id.peerOf(state.me());
        if (peer == state.me()) {
            return "";
        }
        if (state.people().online(peer)) {
            return " · online";
        }
        long seen = state.people().lastSeen(peer);
        return seen == 0
                ? ""
                : " · last seen " + SEEN.format(Instant.ofEpochMilli(seen).atZone(zone));
    }

    private Line status(int columns, long now) {
        Line connection = connection(now);
        String extra = state.notice().isEmpty() ? typing(now) : state.notice();
        boolean scrolled = state.active().filter(room -> room.scrolled() > 0).isPresent();
        if (extra.isEmpty() && scrolled) {
            extra = "older messages (PgDn, Esc: back)";
        }
        if (extra.isEmpty() && !state.overlay().isEmpty()) {
            extra = "PgDn: more, Esc: back";
        }
        if (extra.isEmpty()) {
            return connection;
        }
        String fitting = Width.fit(" · " + extra, columns - connection.width());
        return connection.plus(fitting, state.notice().isEmpty() || !state.noticeBad() ? Style.PLAIN : Style.BAD);
    }

    private Line connection(long now) {
        long waiting = state.waiting();
        String queue = waiting == 0 ? "" : ", " + waiting + " waiting";
        return switch (state.connection()) {
            case ConnectionState.Online _ -> Line.of("● ", Style.GOOD).plus("online" + queue);
            case ConnectionState.Synchronizing _ -> Line.of("● ", Style.GOOD).plus("catching up" + queue);
            case ConnectionState.Connecting(int attempt) ->
                Line.of("○ " + (attempt == 0 ? "connecting" : "offline" + queue + ", trying again"), Style.DIM);
            case ConnectionState.Waiting(String _, long retryAt) ->
                Line.of("○ offline" + queue, Style.BAD)
                        .plus(", next try in " + Math.max(1, (retryAt - now + 999) / 1000) + " s", Style.DIM);
            case ConnectionState.Ended(var cause, String _) -> Line.of("○ " + ended(cause), Style.BAD);
        };
    }

    private static String ended(ConnectionState.Cause cause) {
        return switch (cause) {
            case CLOSED -> "closed";
            case LOGGED_OUT -> "logged out; start the chat again to log in";
            case REPLACED -> "this device is in use elsewhere";
            case UNAUTHENTICATED -> "the login has ended; start the chat again";
        };
    }

    private String typing(long now) {
        List<Long> typing = state.active().map(room -> room.typing(now)).orElse(List.of());
        if (typing.isEmpty()) {
            return "";
        }
        if (typing.size() > 2) {
            return "several people are typing…";
        }
        String names = typing.stream().map(state.words()::name).collect(Collectors.joining(" and "));
        return names + (typing.size() == 1 ? " is typing…" : " are typing…");
    }
}
