package io.magpie.chat.view;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Room;
import io.magpie.chat.state.Words;
import io.magpie.chat.text.Clean;
import io.magpie.chat.text.Line;
import io.magpie.chat.text.Style;
import io.magpie.chat.text.Width;
import io.magpie.chat.text.Wrap;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages of a conversation as lines: a heading whenever the sender changes or some minutes pass, each
/// message with its number before it, and what became of it behind it.
final class MessageView {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final long TOGETHER_MS = 5 * 60_000;

    private final ChatState state;
    private final Room room;
    private final Words words;
    private final ZoneId zone;
    private final int columns;
    private final int gutter;

    MessageView(ChatState state, Room room, ZoneId zone, int columns) {
        this.state = state;
        this.room = room;
        this.words = state.words();
        this.zone = zone;
        this.columns = columns;
        this.gutter = room.entries().isEmpty()
                ? 3
                : Math.max(3, Long.toString(room.entries().lastKey()).length()) + 1;
    }

    /// The last `wanted` lines, or all if there are fewer.
    List<Line> last(int wanted) {
        List<List<Line>> blocks = new ArrayList<>();
        List<Line> unsent = new ArrayList<>();
        room.outgoing().forEach(outgoing -> unsent.addAll(outgoing(outgoing)));
        blocks.add(unsent);
        int count = unsent.size();
        Entry entry = visibleBefore(Long.MAX_VALUE);
        while (entry != null && count < wanted) {
            Entry before = visibleBefore(entry.seq());
            List<Line> block = block(entry, before);
            blocks.add(block);
            count += block.size();
            entry = before;
        }
        if (entry == null && room.atBeginning()) {
            blocks.add(List.of(centered("beginning of the conversation")));
        }
        List<Line> lines = new ArrayList<>();
        blocks.reversed().forEach(lines::addAll);
        return lines.size() > wanted ? lines.subList(lines.size() - wanted, lines.size()) : lines;
    }

    private @Nullable Entry visibleBefore(long seq) {
        Map.Entry<Long, Entry> before = room.entries().lowerEntry(seq);
        while (before != null && !isVisible(before.getValue())) {
            before = room.entries().lowerEntry(before.getKey());
        }
        return before == null ? null : before.getValue();
    }

    private static boolean isVisible(Entry entry) {
        return switch (entry.body()) {
            case Body.Message _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> true;
            case Body.Recall _, Body.Edit _, Body.Reaction _ -> false;
        };
    }

    private List<Line> block(Entry entry, @Nullable Entry before) {
        List<Line> lines = new ArrayList<>();
        String day = DAY.format(at(entry));
        boolean newDay = before == null || !day.equals(DAY.format(at(before)));
        if (newDay) {
            lines.add(centered(day));
        }
        boolean firstNew = room.newFrom() > 0
                && entry.seq() >= room.newFrom()
                && (before == null || before.seq() < room.newFrom());
        if (firstNew) {
            lines.add(rule("new", Style.BAD));
        }
        if (entry.body() instanceof Body.Message message) {
            boolean heading = before == null
                    || newDay
                    || firstNew
                    || before.sender() != entry.sender()
                    || !(before.body() instanceof Body.Message)
                    || entry.sentAt() - before.sentAt() > TOGETHER_MS;
            if (heading) {
                lines.add(heading(entry));
            }
            lines.addAll(message(entry, message));
        } else {
            String text = TIME.format(at(entry)) + " " + words.event(entry);
            Wrap.lines(text, columns - 4).forEach(each -> lines.add(Line.of("  " + each, Style.DIM)));
        }
        return lines;
    }

    private ZonedDateTime at(Entry entry) {
        return Instant.ofEpochMilli(entry.sentAt()).atZone(zone);
    }

    private Line heading(Entry entry) {
        Style style = entry.sender() == state.me() ? Style.BOLD : Style.ofPerson(entry.sender());
        String name = Width.fit(words.name(entry.sender()), columns - 8);
        return Line.of(name, style).plus("  " + TIME.format(at(entry)), Style.DIM);
    }

    private List<Line> message(Entry entry, Body.Message message) {
        List<Line> lines = new ArrayList<>();
        if (message.replyTo() != 0) {
            lines.add(quote(message.replyTo()));
        }
        Style style = message.recalled() != 0 ? Style.DIM : Style.PLAIN;
        Style number =
                message.mentions().includes(state.me()) && entry.sender() != state.me() ? Style.ACCENT : Style.DIM;
        String label =
                " ".repeat(Math.max(0, gutter - 1 - Long.toString(entry.seq()).length())) + entry.seq() + " ";
        Line start = Line.of(label, number);
        for (String text : Wrap.lines(Words.content(message.content()), columns - gutter)) {
            lines.add(start.plus(text, style));
            start = Line.of(" ".repeat(gutter));
        }
        append(lines, marks(entry, message));
        reactions(room.reactions(entry.seq()), lines);
        return lines;
    }

    private Line quote(long seq) {
        Entry target = room.entries().get(seq);
        String text = target == null ? "message " + seq : words.name(target.sender()) + ": " + Words.preview(target);
        return Line.of(" ".repeat(gutter) + "│ " + Width.fit(text, columns - gutter - 2), Style.DIM);
    }

    private Line marks(Entry entry, Body.Message message) {
        Line marks = Line.EMPTY;
        if (message.edited() != 0 && message.recalled() == 0) {
            marks = marks.plus(" (edited)", Style.DIM);
        }
        if (entry.sender() != state.me() || message.recalled() != 0) {
            return marks;
        }
        long readers = room.readers(entry.seq(), state.me());
        if (readers > 0) {
            boolean group = room.id().kind() == ConversationId.Kind.GROUP;
            return marks.plus(group ? " ✓✓ " + readers : " ✓✓", Style.GOOD);
        }
        return marks.plus(room.delivered(entry.seq(), state.me()) ? " ✓✓" : " ✓", Style.DIM);
    }

    /// Behind the last line if there is room, else on one of its own.
    private void append(List<Line> lines, Line marks) {
        if (marks.spans().isEmpty()) {
            return;
        }
        Line last = lines.getLast();
        if (last.width() + marks.width() <= columns) {
            lines.set(lines.size() - 1, last.plus(marks));
        } else {
            lines.add(Line.of(" ".repeat(gutter - 1)).plus(marks));
        }
    }

    private void reactions(Map<String, Set<Long>> reactions, List<Line> lines) {
        Line line = Line.of(" ".repeat(gutter));
        boolean any = false;
        for (var reaction : reactions.entrySet()) {
            int count = reaction.getValue().size();
            String text = Clean.oneLine(reaction.getKey()) + " " + count + "  ";
            if (count > 0 && line.width() + Width.of(text) <= columns) {
                line = line.plus(text, reaction.getValue().contains(state.me()) ? Style.ACCENT : Style.DIM);
                any = true;
            }
        }
        if (any) {
            lines.add(line);
        }
    }

    private List<Line> outgoing(Room.Outgoing outgoing) {
        List<Line> lines = new ArrayList<>();
        String failure = outgoing.failure();
        Line start = Line.of(" ".repeat(gutter));
        for (String text : Wrap.lines(Words.content(outgoing.message().content()), columns - gutter)) {
            lines.add(start.plus(text, Style.DIM));
        }
        append(lines, failure == null ? Line.of(" …", Style.DIM) : Line.of(" ✗ not sent: " + failure, Style.BAD));
        return lines;
    }

    private Line centered(String text) {
        return rule(text, Style.DIM);
    }

    private Line rule(String text, Style style) {
        String label = " " + Width.fit(text, columns - 6) + " ";
        int left = Math.max(0, (columns - Width.of(label)) / 2);
        int right = Math.max(0, columns - Width.of(label) - left);
        return Line.of("─".repeat(left) + label + "─".repeat(right), style);
    }
}
