package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Entry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// How an entry is kept in a row.
public record EntryRow(BodyCodec codec) {
    /// Of a table called e.
    public static final String COLUMNS = "e.seq, e.sender, e.sent_at, e.client_id, e.body";
    public static final int WIDTH = 5;

    public Entry read(ResultSet row, ConversationId conversation) throws SQLException {
        return new Entry(
                conversation,
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                clientId(row.getObject(4)),
                codec.decode(row.getBytes(5)));
    }

    /// Databases keep it as bytes, so that no collation takes two for the same.
    private static @Nullable String clientId(@Nullable Object kept) {
        return kept instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) kept;
    }
}
