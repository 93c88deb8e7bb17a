package io.magpie.core.search;

import io.magpie.core.limit.Utf8;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What somebody searches for: all of its words, in any order, the last of them perhaps not finished. Nothing in it
/// is an operator. It alone decides what is found, whatever an index may know: [#foundIn].
public record Phrase(List<Word> words) {
    public static final int MAX_BYTES = 256;

    /// `malformed` if there is nothing to look for in it, `too-large` if it is too long.
    public static Outcome<Phrase> parse(String query) {
        long bytes = Utf8.length(query);
        if (bytes < 0) {
            return Outcome.rejected(ErrorCode.MALFORMED, "query: not well-formed Unicode");
        }
        if (bytes > MAX_BYTES) {
            return Outcome.rejected(
                    ErrorCode.TOO_LARGE, "query: " + bytes + " bytes of UTF-8 (expected: 1.." + MAX_BYTES + ")");
        }
        var words = Words.of(query);
        return words.isEmpty()
                ? Outcome.rejected(ErrorCode.MALFORMED, "query: no letter, digit or sign to look for")
                : Outcome.done(new Phrase(words));
    }

    public boolean foundIn(String text) {
        var there = Words.of(text);
        for (int i = 0; i < words.size(); i++) {
            var wanted = words.get(i);
            boolean last = i == words.size() - 1;
            if (there.stream().noneMatch(word -> holds(word, wanted, last))) {
                return false;
            }
        }
        return true;
    }

    /// The terms of an index that every text found is under; more may be.
    public Set<Word.Term> terms() {
        var terms = new LinkedHashSet<Word.Term>();
        for (int i = 0; i < words.size(); i++) {
            terms.addAll(words.get(i).wanted(i == words.size() - 1));
        }
        return terms;
    }

    private static boolean holds(Word word, Word wanted, boolean last) {
        if (word.run() != wanted.run()) {
            return false;
        }
        if (word.run()) {
            return word.text().contains(wanted.text());
        }
        return last ? word.text().startsWith(wanted.text()) : word.text().equals(wanted.text());
    }
}
