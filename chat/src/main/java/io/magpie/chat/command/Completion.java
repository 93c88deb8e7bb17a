package io.magpie.chat.command;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// What Tab offers for the word before the cursor.
///
/// @param from where in the line that word begins
/// @param candidates that replace it
public record Completion(int from, List<String> candidates) {
    public static final Completion NONE = new Completion(0, List.of());

    /// What there is to complete with.
    ///
    /// @param people names of users
    /// @param here names of those in the open conversation
    /// @param titles of conversations
    public record Known(Collection<String> people, Collection<String> here, Collection<String> titles) {}

    public static Completion of(String beforeCursor, Known known) {
        int from = Math.max(beforeCursor.lastIndexOf(' '), beforeCursor.lastIndexOf('\n')) + 1;
        String word = beforeCursor.substring(from);
        if (from == 0 && word.startsWith("/")) {
            return matching(0, word, Stream.of(Verb.values()).map(Verb::word), value -> value + " ");
        }
        if (word.startsWith("@")) {
            Stream<String> names = Stream.concat(known.here().stream(), Stream.of("all"));
            return matching(from, word.substring(1), names, name -> "@" + name + " ");
        }
        if (word.length() > 1 && word.startsWith(":")) {
            return new Completion(
                    from,
                    Emoji.names(word.substring(1)).stream()
                            .map(Emoji::of)
                            .distinct()
                            .toList());
        }
        return afterVerb(beforeCursor, from, word, known);
    }

    private static Completion afterVerb(String line, int from, String word, Known known) {
        if (!line.startsWith("/") || from == 0) {
            return NONE;
        }
        String verbWord = line.substring(0, line.indexOf(' '));
        int position =
                (int) line.substring(0, from).chars().filter(c -> c == ' ').count();
        return switch (Verb.of(verbWord).orElse(Verb.HELP)) {
            case OPEN ->
                matching(
                        line.indexOf(' ') + 1,
                        line.substring(line.indexOf(' ') + 1),
                        known.titles().stream(),
                        title -> title);
            case MSG, ADD, ACCEPT, DECLINE, BLOCK, UNBLOCK, WHO ->
                position == 1 ? matching(from, word, known.people().stream(), name -> name + " ") : NONE;
            case INVITE -> matching(from, word, known.people().stream(), name -> name + " ");
            case GROUP ->
                position == 1
                        ? matching(from, word, Stream.of("new"), value -> value + " ")
                        : position > 2 ? matching(from, word, known.people().stream(), name -> name + " ") : NONE;
            case HELP,
                    CHATS,
                    NEXT,
                    PREV,
                    LEAVE,
                    MEMBERS,
                    FRIENDS,
                    REPLY,
                    EDIT,
                    RECALL,
                    REACT,
                    SEARCH,
                    ME,
                    DEVICES,
                    QUIT -> NONE;
        };
    }

    private static Completion matching(
            int from, String prefix, Stream<String> values, Function<String, String> inserted) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return new Completion(
                from,
                values.filter(value -> value.toLowerCase(Locale.ROOT).startsWith(start))
                        .distinct()
                        .sorted()
                        .map(inserted)
                        .toList());
    }
}
