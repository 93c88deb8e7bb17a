package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import java.sql.SQLException;
import java.util.List;

/// Appends to the log within a transaction that somebody else begins and commits. One thread at a time.
public final class Appender {
    private final BodyCodec codec;

    public Appender(BodyCodec codec) {
        this.codec = codec;
    }

    BodyCodec codec() {
        return codec;
    }

    /// How repeats are found.
    public enum Repeats {
        /// Each draft is looked up before it is stored.
        LOOKED_UP,
        /// The unique index refuses them: fastest while there are none. If there is one, this throws the engine's
        /// unique violation, and the transaction must be rolled back and tried again with [#LOOKED_UP].
        REFUSED
    }

    /// The stored form of each draft's body: the part of appending that needs no connection.
    public byte[][] encode(List<Draft> drafts) {
        var bodies = new byte[drafts.size()][];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = codec.encode(drafts.get(i).body());
        }
        return bodies;
    }

    /// Stores the drafts as [io.magpie.core.log.EntryLog#append] says, but for the commit.
    public List<AppendResult> append(Db db, List<Draft> drafts, byte[][] bodies, long now, Repeats repeats)
            throws SQLException {
        var tails = Tails.read(db, drafts);
        var batch = new AppendBatch(db, codec, now, repeats == Repeats.LOOKED_UP);
        var results = new AppendResult[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            var draft = drafts.get(i);
            results[i] = batch.append(tails.of(draft.conversation()), draft, bodies[i]);
        }
        batch.flush();
        tails.write();
        return List.of(results);
    }

    /// Whether the store makes the conversation by itself.
    static boolean createdByFirstEntry(ConversationId conversation) {
        return conversation.kind() != ConversationId.Kind.GROUP;
    }
}
