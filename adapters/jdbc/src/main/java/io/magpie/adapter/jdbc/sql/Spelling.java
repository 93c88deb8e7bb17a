package io.magpie.adapter.jdbc.sql;

import java.util.List;
import java.util.stream.Collectors;

/// What databases that know the same statements spell differently.
public interface Spelling {
    /// SQLite, whose only writer needs to hold no rows.
    Spelling SQLITE = new Spelling() {
        @Override
        public String insertNew(String rows) {
            return "INSERT OR IGNORE INTO " + rows;
        }

        @Override
        public String replace(String rows, String key, List<String> columns) {
            return Spelling.onConflict(rows, key, columns);
        }

        @Override
        public String sharing() {
            return "";
        }
    };

    /// Inserts `rows`, as in `t (a, b) VALUES (?, ?)`, but for those whose key is there already.
    String insertNew(String rows);

    /// Inserts `rows`; where their key is there already, replaces these columns.
    String replace(String rows, String key, List<String> columns);

    /// Ends a query: nobody changes or deletes the rows it finds before this transaction ends.
    String sharing();

    /// [#replace] as SQLite and PostgreSQL spell it.
    static String onConflict(String rows, String key, List<String> columns) {
        return columns.stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(
                        ", ", "INSERT INTO " + rows + " ON CONFLICT (" + key + ") DO UPDATE SET ", ""));
    }
}
