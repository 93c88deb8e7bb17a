package io.magpie.adapter.sharding;

import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.log.EntryShelf.Next;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an entry is kept in a row.
record Rows(BodyCodec codec) {
    /// Of an insert.
    static final String NEW = "conversation_id, seq, number, author, sender, client_id, sent_at, kind, body";

    static final String NEW_MARKS = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /// In the order of [#read].
    static final String ALL = NEW + ", next_by, next_author, next_body";

    /// In the order of [#NEW].
    void write(Kept kept, List<@Nullable Object> values) {
        values.add(kept.conversation());
        values.add(kept.seq());
        values.add(kept.number());
        values.add(kept.author());
        values.add(kept.sender());
        values.add(kept.clientId() == null ? null : bytes(kept.clientId()));
        values.add(kept.sentAt());
        values.add(kept.kind());
        values.add(write(kept.body()));
    }

    byte[] write(Body body) {
        return codec.encode(body);
    }

    static byte[] bytes(String clientId) {
        return clientId.getBytes(StandardCharsets.UTF_8);
    }

    Kept read(ResultSet row) throws SQLException {
        byte[] clientId = row.getBytes(6);
        long nextBy = row.getLong(10);
        return new Kept(
                row.getLong(3),
                row.getLong(1),
                row.getLong(2),
                row.getLong(4),
                row.getInt(8),
                row.getLong(5),
                clientId == null ? null : new String(clientId, StandardCharsets.UTF_8),
                row.getLong(7),
                codec.decode(row.getBytes(9)),
                nextBy == 0 ? null : new Next(nextBy, row.getLong(11), codec.decode(row.getBytes(12))));
    }
}
