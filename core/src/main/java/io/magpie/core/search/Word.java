package io.magpie.core.search;

import java.util.LinkedHashSet;
import java.util.Set;

/// A piece of text that is searched for as a whole.
///
/// @param text in the form of [Words]
/// @param run written without spaces between its words, as Chinese, Japanese, Korean and Thai are, or signs: any part
///     of it may be searched for, while of a word only its beginning may
public record Word(String text, boolean run) {
    /// Longer words are told apart by their text, not by the index.
    private static final int MAX_TERM = 40;

    /// Under which terms an index keeps this piece: a word under itself; a run under each two neighbours and its
    /// last sign, so that each of its parts is a list of neighbours or the beginning of one.
    public Set<String> terms() {
        if (!run) {
            return Set.of(capped());
        }
        var terms = new LinkedHashSet<String>();
        int from = 0;
        while (from < text.length()) {
            int next = text.offsetByCodePoints(from, 1);
            int end = next < text.length() ? text.offsetByCodePoints(next, 1) : next;
            terms.add(text.substring(from, end));
            from = next;
        }
        return terms;
    }

    /// Which terms a text that holds this piece is under.
    ///
    /// @param last whether it may be the beginning of a longer word
    Set<Term> wanted(boolean last) {
        if (!run) {
            return Set.of(new Term(capped(), last));
        }
        var terms = terms();
        var wanted = new LinkedHashSet<Term>();
        for (String term : terms) {
            if (single(term)) {
                // The last sign: found under the neighbours it is the second of, unless it is the only one.
                if (terms.size() == 1) {
                    wanted.add(new Term(term, true));
                }
            } else {
                wanted.add(new Term(term, false));
            }
        }
        return wanted;
    }

    private String capped() {
        if (text.length() <= MAX_TERM) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TERM - 1)) ? MAX_TERM - 1 : MAX_TERM);
    }

    private static boolean single(String term) {
        return term.codePointCount(0, term.length()) == 1;
    }

    /// One term of an index.
    ///
    /// @param prefix whether any term that begins so will do
    public record Term(String text, boolean prefix) {}
}
