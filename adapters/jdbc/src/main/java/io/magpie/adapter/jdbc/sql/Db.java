package io.magpie.adapter.jdbc.sql;

/// A connection as the repositories use it. One thread at a time.
public record Db(Statements sql, ConversationKeys keys) {}
