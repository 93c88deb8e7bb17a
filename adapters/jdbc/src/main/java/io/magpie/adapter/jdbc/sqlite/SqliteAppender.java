package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;

/// Appends to the log within a transaction that somebody else begins and commits. One thread at a time.
public final class SqliteAppender implements LogEdits {
    private final BodyCodec codec;

    public SqliteAppender(BodyCodec codec) {
        this.codec = codec;
    }

    @Override
    public OldEntries.Edits oldEntries(Source source) {
        return new SqliteOldEntries(source, codec);
    }

    @Override
    public BodyCodec codec() {
        return codec;
    }

    @Override
    public List<AppendResult> append(Db db, List<Draft> drafts, byte[][] bodies, long now) throws SQLException {
        var tails = Tails.read(db, drafts);
        var codes = codes(db, drafts);
        var batch = new AppendBatch(db, codec, now, Repeats.read(db, tails, drafts, codes));
        var results = new AppendResult[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            var draft = drafts.get(i);
            results[i] = batch.append(tails.of(draft.conversation()), draft, codes[i], bodies[i]);
        }
        batch.flush();
        tails.write();
        EntryIndex.of(db).merge(db.sql());
        return List.of(results);
    }

    private static int[] codes(Db db, List<Draft> drafts) {
        var codes = new int[drafts.size()];
        for (int i = 0; i < codes.length; i++) {
            var clientId = drafts.get(i).clientId();
            codes[i] =
                    clientId == null ? 0 : EntryIndex.of(db).code(drafts.get(i).sender(), clientId);
        }
        return codes;
    }
}
