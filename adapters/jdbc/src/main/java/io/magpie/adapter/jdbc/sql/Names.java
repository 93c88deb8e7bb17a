package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads conversation ids.
public final class Names {
    private Names() {}

    public static ConversationId conversation(ResultSet row, int column) throws SQLException {
        String name = row.getString(column);
        return ConversationId.parse(name)
                .orElseThrow(() -> new IllegalStateException("conversation.name: " + name + " (expected: an id)"));
    }
}
