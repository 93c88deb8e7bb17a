package io.magpie.adapter.jdbc.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// Cuts a list of values into parts that fit into one statement.
public final class Chunks<T> implements Iterable<Chunks.Chunk<T>> {
    private final List<T> values;

    public Chunks(List<T> values) {
        this.values = values;
    }

    @Override
    public Iterator<Chunk<T>> iterator() {
        return IntStream.iterate(0, from -> from < values.size(), from -> from + Statements.MAX_LIST)
                .mapToObj(from ->
                        new Chunk<>(values.subList(from, Math.min(values.size(), from + Statements.MAX_LIST))))
                .iterator();
    }

    public record Chunk<T>(List<T> values) {
        public String marks() {
            return Statements.marks(values.size());
        }

        /// Sets the place holders of [#marks] and answers the index of the next one.
        public int bind(PreparedStatement statement, int index) throws SQLException {
            int end = index + Statements.rounded(values.size());
            for (int i = index; i < end; i++) {
                statement.setObject(i, values.get(Math.min(i - index, values.size() - 1)));
            }
            return end;
        }
    }
}
