package io.magpie.adapter.jdbc.sql;

/// A connection as the repositories use it. One thread at a time.
public record Db(Statements sql, ConversationKeys keys, EntryIndex index) {
    /// What the transaction on this connection learnt and added is true from now on.
    public void committed() {
        keys.committed();
        index.committed();
    }

    public void rolledBack() {
        keys.rolledBack();
        index.rolledBack();
    }
}
