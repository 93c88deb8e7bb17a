package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;

/// Appends to the log within a transaction that somebody else begins and commits. One thread at a time.
public final class Appender implements LogEdits {
    private final BodyCodec codec;

    public Appender(BodyCodec codec) {
        this.codec = codec;
    }

    @Override
    public OldEntries.Edits oldEntries(Source source) {
        return new SqlOldEntries(source, codec);
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
        db.index().merge(db.sql());
        return List.of(results);
    }

    private static int[] codes(Db db, List<Draft> drafts) {
        var codes = new int[drafts.size()];
        for (int i = 0; i < codes.length; i++) {
            var clientId = drafts.get(i).clientId();
            codes[i] = clientId == null ? 0 : db.index().code(drafts.get(i).sender(), clientId);
        }
        return codes;
    }

    /// Whether the store makes the conversation by itself.
    public static boolean createdByFirstEntry(ConversationId conversation) {
        return conversation.kind() != ConversationId.Kind.GROUP;
    }
}
