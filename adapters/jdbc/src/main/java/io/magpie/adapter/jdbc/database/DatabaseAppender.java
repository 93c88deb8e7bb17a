package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;

/// Appends to the log within a transaction beside others. The conversations' rows are held until it ends, so their
/// entries follow one another; a batch takes five round trips, seven with recalls or edits in it, however large.
public final class DatabaseAppender implements LogEdits {
    private final Dialect dialect;
    private final BodyCodec codec;
    private final long writer;

    /// @param writer the incarnation of this node
    public DatabaseAppender(Dialect dialect, BodyCodec codec, long writer) {
        this.dialect = dialect;
        this.codec = codec;
        this.writer = writer;
    }

    @Override
    public BodyCodec codec() {
        return codec;
    }

    @Override
    public List<AppendResult> append(Db db, List<Draft> drafts, byte[][] bodies, long now) throws SQLException {
        return Batch.begin(db, dialect, new StoredEntries(db, dialect, codec), codec, drafts, now)
                .append(drafts, bodies, writer);
    }

    @Override
    public OldEntries.Edits oldEntries(Source source) {
        return new DatabaseOldEntries(source);
    }
}
