package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;

/// How a store's log is written within a transaction that somebody else begins and commits.
public interface LogEdits {
    BodyCodec codec();

    /// The stored form of each draft's body: the part of appending that needs no connection.
    default byte[][] encode(List<Draft> drafts) {
        var bodies = new byte[drafts.size()][];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = codec().encode(drafts.get(i).body());
        }
        return bodies;
    }

    /// Stores the drafts as [io.magpie.core.log.EntryLog#append] says, but for the commit.
    List<AppendResult> append(Db db, List<Draft> drafts, byte[][] bodies, long now) throws SQLException;

    OldEntries.Edits oldEntries(Source source);

    /// Whether the store makes the conversation by itself.
    static boolean createdByFirstEntry(ConversationId conversation) {
        return conversation.kind() != ConversationId.Kind.GROUP;
    }
}
