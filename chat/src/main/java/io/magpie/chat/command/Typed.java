package io.magpie.chat.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a typed line means.
public sealed interface Typed {
    record Nothing() implements Typed {}

    record Say(String text) implements Typed {}

    /// Go to the conversation with this number, from 1.
    record Go(int number) implements Typed {}

    /// @param words after the command; `"two words"` in quotes count as one
    record Call(Verb verb, List<String> words, String line) implements Typed {
        /// From the word at `index` on, as typed.
        public String from(int index) {
            String rest = line;
            for (int i = 0; i < index; i++) {
                rest = rest.substring(endOfWord(rest)).stripLeading();
            }
            return rest;
        }
    }

    /// Not understood.
    record Wrong(String hint) implements Typed {}

    static Typed parse(String input) {
        String line = input.strip();
        if (line.isEmpty()) {
            return new Nothing();
        }
        if (line.startsWith("//")) {
            return new Say(line.substring(1));
        }
        if (!line.startsWith("/")) {
            return new Say(input.stripTrailing());
        }
        String word = line.substring(0, endOfWord(line));
        String rest = line.substring(word.length()).strip();
        if (word.matches("/[0-9]{1,3}")) {
            return new Go(Integer.parseInt(word.substring(1)));
        }
        Optional<Verb> verb = Verb.of(word);
        if (verb.isEmpty()) {
            return new Wrong(unknown(word));
        }
        List<String> words = words(rest);
        if (words.size() < verb.get().needed()) {
            return new Wrong("usage: " + verb.get().usage());
        }
        return new Call(verb.get(), words, rest);
    }

    private static String unknown(String word) {
        Verb nearest = Arrays.stream(Verb.values())
                .min(Comparator.comparingInt(verb -> Distance.between(verb.word(), word)))
                .orElse(Verb.HELP);
        String hint =
                Distance.between(nearest.word(), word) <= 2 ? "did you mean " + nearest.word() + "?" : "see /help";
        return word + ": no such command; " + hint + " (// begins a message with a slash)";
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String rest = line;
        while (!rest.isEmpty()) {
            int end = endOfWord(rest);
            String word = rest.substring(0, end);
            words.add(
                    word.length() > 1 && word.startsWith("\"") && word.endsWith("\"")
                            ? word.substring(1, word.length() - 1)
                            : word);
            rest = rest.substring(end).stripLeading();
        }
        return words;
    }

    private static int endOfWord(String line) {
        int quoted = line.startsWith("\"") ? line.indexOf('"', 1) + 1 : 0;
        if (quoted > 0) {
            return quoted;
        }
        for (int i = 0; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return line.length();
    }
}
