package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;

/// Appends to a log whose heads are in the database of the transaction, and whose entries are on a shelf.
public final class ShelfAppender implements LogEdits {
    private final Spelling spelling;
    private final EntryShelf shelf;
    private final Settling settling;
    private final BodyCodec codec;
    private final long writer;

    /// @param writer the incarnation of this node
    public ShelfAppender(Spelling spelling, EntryShelf shelf, Settling settling, BodyCodec codec, long writer) {
        this.spelling = spelling;
        this.shelf = shelf;
        this.settling = settling;
        this.codec = codec;
        this.writer = writer;
    }

    @Override
    public BodyCodec codec() {
        return codec;
    }

    @Override
    public List<AppendResult> append(Db db, List<Draft> drafts, byte[][] bodies, long now) throws SQLException {
        return Batch.begin(db, spelling, new ShelfEntries(db, shelf, settling), codec, drafts, now)
                .append(drafts, bodies, writer);
    }

    @Override
    public OldEntries.Edits oldEntries(Source source) {
        return new ShelfOldEntries(source, shelf, settling);
    }
}
