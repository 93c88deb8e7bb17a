package io.magpie.bench.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A recorded chat: lines `[HH:MM] <nick> text`. All other lines (joins, leaves, `* nick waves`) are no messages.
///
/// @param name of the file, without its ending
public record ChatLog(String name, List<Line> lines) {
    private static final Pattern SPOKEN = Pattern.compile("\\[\\d\\d:\\d\\d\\] <([^>]+)>(?: (.*))?");

    /// @param text never empty: a line without any is a blank, the least that can be sent
    public record Line(String nick, String text) {}

    public ChatLog {
        lines = List.copyOf(lines);
    }

    /// @throws IllegalArgumentException if nobody speaks in it
    public static ChatLog read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String fileName = Objects.toString(file.getFileName(), "");
        ChatLog log = parse(fileName.replaceFirst("\\.[^.]*$", ""), text);
        if (log.lines.isEmpty()) {
            throw new IllegalArgumentException(file + ": no messages (expected: lines like [12:34] <nick> text)");
        }
        return log;
    }

    static ChatLog parse(String name, String text) {
        return new ChatLog(
                name,
                Pattern.compile("\r?\n")
                        .splitAsStream(text)
                        .map(ChatLog::line)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static @Nullable Line line(String line) {
        Matcher spoken = SPOKEN.matcher(line);
        if (!spoken.matches()) {
            return null;
        }
        String text = spoken.group(2);
        return new Line(spoken.group(1).strip(), text == null || text.isEmpty() ? " " : text);
    }

    /// Who speaks, in order of appearance.
    public SequencedSet<String> nicks() {
        SequencedSet<String> nicks = new LinkedHashSet<>();
        lines.forEach(line -> nicks.add(line.nick()));
        return nicks;
    }
}
