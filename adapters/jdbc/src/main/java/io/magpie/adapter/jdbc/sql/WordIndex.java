package io.magpie.adapter.jdbc.sql;

import io.magpie.core.search.Word;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which rows of the log are under which terms, as far as it has followed. It is derived from the log and may be
/// thrown away; nothing in it is believed without a look at the row. Reads from any thread that may block, writes one
/// at a time.
public interface WordIndex {
    /// Runs `work` over one committed state.
    <T> T read(Reading<T> work);

    /// Makes the changes and moves the position, in one transaction.
    void write(Collection<Change> changes, long position);

    /// Statements in a row, on one thread.
    interface Reading<T> {
        T of(View view);
    }

    /// One committed state.
    interface View {
        /// The last row of the log that was dealt with.
        long position();

        /// The newest rows before `before` of this conversation and sender (0 is any) under all of these terms.
        List<Long> rows(long conversation, long sender, Set<Word.Term> terms, long before, int limit);

        /// The oldest rows there are.
        List<Long> oldest(int limit);
    }

    /// What a row is under from now on; null takes it out.
    record Change(long row, @Nullable Document document) {}

    record Document(long conversation, long sender, Set<String> terms) {}
}
