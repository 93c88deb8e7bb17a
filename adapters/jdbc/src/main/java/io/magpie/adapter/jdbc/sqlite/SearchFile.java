package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.adapter.jdbc.sql.WordIndex;
import io.magpie.core.search.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The index of search: a file of its own beside the store, `search.db`, so that writing it never holds up the
/// store's writer. It belongs to one epoch of the store and is begun again when it is missing, broken, or of another.
///
/// A full-text table without the text: what it knows of a row is the set of its terms, each with the conversation in
/// front, so that a search costs what is in the conversations searched, whatever others wrote.
public final class SearchFile implements WordIndex, AutoCloseable {
    private static final String FILE = "search.db";

    /// Of the tables and of how text is cut into terms; another number begins the index again.
    private static final int LAYOUT = 1;

    private static final int READERS = 2;
    private static final int CACHE_KIB = 8 * 1024;
    private static final String POSITION = "SELECT value FROM state WHERE name = 'position'";
    private static final String OWNER = "SELECT value FROM state WHERE name = 'owner'";
    private static final String ROWS =
            "SELECT rowid FROM word WHERE word MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?";
    private static final String OLDEST = "SELECT rowid FROM word ORDER BY rowid LIMIT ?";

    private final Connections connections;
    private final ReadPool reads;

    /// The rest is for one writer at a time.
    private @Nullable Connection connection;

    private SearchFile(Connections connections, Connection connection) {
        this.connections = connections;
        this.connection = connection;
        this.reads = new ReadPool(connections, new KeyCache(), null, READERS);
    }

    /// Opens the index in `folder`, which nobody else uses, of a store of this epoch.
    ///
    /// @param last the newest row of the log: an index that is ahead of it belongs to another one
    public static SearchFile open(Path folder, String epoch, long last) {
        try {
            Files.createDirectories(folder);
            return openOrBegin(folder, epoch, last);
        } catch (SQLException e) {
            throw Faults.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SearchFile openOrBegin(Path folder, String epoch, long last) throws SQLException {
        var file = folder.resolve(FILE);
        var connections = new Connections(file);
        String owner = LAYOUT + " " + epoch;
        try {
            var connection = connect(connections);
            if (belongs(connection, owner, last)) {
                return new SearchFile(connections, connection);
            }
            connection.close();
        } catch (SQLException e) {
            if (!Faults.disk(e)) {
                throw e;
            }
        }
        delete(file);
        var connection = connect(connections);
        create(connection, owner);
        return new SearchFile(connections, connection);
    }

    private static Connection connect(Connections connections) throws SQLException {
        var connection = connections.writer();
        // What a power loss takes back is indexed once more.
        Connections.execute(connection, "PRAGMA synchronous = NORMAL");
        Connections.execute(connection, "PRAGMA cache_size = -" + CACHE_KIB);
        return connection;
    }

    private static boolean belongs(Connection connection, String owner, long last) throws SQLException {
        var sql = new Statements(connection);
        return sql.number("SELECT count(*) FROM sqlite_schema WHERE name = 'state'") != 0
                && sql.first(OWNER, row -> row.getString(1)).orElse("").equals(owner)
                && sql.number(POSITION) <= last;
    }

    private static void create(Connection connection, String owner) throws SQLException {
        // Letters beyond ASCII are part of a word to this tokenizer; what a term is, is decided before.
        Connections.execute(
                connection,
                "CREATE VIRTUAL TABLE word USING fts5(terms, content='', contentless_delete=1, detail=none,"
                        + " tokenize='ascii')");
        Connections.execute(
                connection, "CREATE TABLE state (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID");
        new Statements(connection).update("INSERT INTO state VALUES ('owner', ?), ('position', 0)", owner);
    }

    private static void delete(Path file) {
        try {
            for (var suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T read(Reading<T> work) {
        return reads.snapshot(db -> work.of(new Snapshot(db.sql())));
    }

    private record Snapshot(Statements sql) implements View {
        @Override
        public long position() {
            return run(() -> sql.number(POSITION));
        }

        @Override
        public List<Long> rows(long conversation, long sender, Set<Word.Term> terms, long before, int limit) {
            return run(() ->
                    sql.list(ROWS, row -> row.getLong(1), Terms.match(conversation, sender, terms), before, limit));
        }

        @Override
        public List<Long> oldest(int limit) {
            return run(() -> sql.list(OLDEST, row -> row.getLong(1), limit));
        }

        private static <T> T run(Query<T> query) {
            try {
                return query.run();
            } catch (SQLException e) {
                throw Faults.of(e);
            }
        }

        private interface Query<T> {
            T run() throws SQLException;
        }
    }

    @Override
    public void write(Collection<Change> changes, long position) {
        transact(sql -> {
            for (var change : changes) {
                var document = change.document();
                if (document == null) {
                    sql.update("DELETE FROM word WHERE rowid = ?", change.row());
                } else {
                    sql.update(
                            "INSERT OR REPLACE INTO word (rowid, terms) VALUES (?, ?)",
                            change.row(),
                            Terms.text(document));
                }
            }
            sql.update("UPDATE state SET value = ? WHERE name = 'position'", position);
        });
    }

    private interface Writing {
        void on(Statements sql) throws SQLException;
    }

    private void transact(Writing work) {
        boolean ended = false;
        try {
            var writer = connection == null ? connect(connections) : connection;
            connection = writer;
            var sql = new Statements(writer);
            sql.prepare("BEGIN IMMEDIATE").execute();
            work.on(sql);
            sql.prepare("COMMIT").execute();
            sql.reset();
            ended = true;
        } catch (SQLException e) {
            throw Faults.of(e);
        } finally {
            if (!ended) {
                discard();
            }
        }
    }

    private void discard() {
        var broken = connection;
        connection = null;
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (SQLException _) {
            // What it had begun is undone with it.
        }
    }

    @Override
    public void close() {
        reads.close();
        discard();
    }

    /// How terms are written into the table, and asked for.
    private static final class Terms {
        // Neither can be in a word, see io.magpie.core.search.Words, and both are letters to the tokenizer.
        private static final char WORD = '\u00b7';
        private static final char SENDER = '\u00bb';

        static String text(Document document) {
            var scope = Long.toString(document.conversation(), Character.MAX_RADIX);
            return document.terms().stream()
                    .map(term -> scope + WORD + term)
                    .collect(Collectors.joining(" ", scope + SENDER + document.sender() + " ", ""));
        }

        static String match(long conversation, long sender, Set<Word.Term> terms) {
            var scope = Long.toString(conversation, Character.MAX_RADIX);
            var match = terms.stream()
                    .map(term -> quoted(scope + WORD + term.text()) + (term.prefix() ? "*" : ""))
                    .collect(Collectors.joining(" AND "));
            return sender == 0 ? match : match + " AND " + quoted(scope + SENDER + sender);
        }

        private static String quoted(String term) {
            return '"' + term.replace("\"", "\"\"") + '"';
        }
    }
}
