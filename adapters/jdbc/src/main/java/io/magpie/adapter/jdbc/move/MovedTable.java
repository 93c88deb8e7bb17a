package io.magpie.adapter.jdbc.move;

import java.util.Collections;
import java.util.List;

/// A table that both engines have.
///
/// @param key what its rows are read in the order of, the same on both sides
/// @param columns all of them
/// @param numbered whether the engine gives ids, which must go on behind those moved
record MovedTable(String name, List<String> key, List<String> columns, boolean numbered) {
    /// Every table but `meta`, of which only the epoch and the key of signed addresses are moved, and the embedded
    /// engine's indexes.
    static final List<MovedTable> ALL = List.of(
            numbered(
                    "account",
                    "id, username, username_key, external_id, password_hash, nickname, nickname_key, avatar, bio,"
                            + " created_at, last_seen_at"),
            numbered(
                    "login",
                    "id, user_id, device_id, platform, device_name, token_hash, created_at, last_seen_at, expires_at"),
            of("friend", "user_id, friend_id", "user_id, friend_id, remark, since"),
            numbered("friend_request", "id, from_user, to_user, message, remark, state, created_at, answered_at"),
            of("user_block", "user_id, blocked_id", "user_id, blocked_id, created_at"),
            numbered(
                    "chat_group",
                    "id, name, avatar, announcement, join_policy, password_hash, history_open, muted_until, owner_id,"
                            + " created_at, dissolved_at"),
            of("join_request", "group_id, user_id", "group_id, user_id, message, created_at"),
            numbered("conversation", "id, name, last_seq, updated_at, access, first_seq, trimmed_at"),
            of(
                    "member",
                    "user_id, conversation_id",
                    "user_id, conversation_id, group_id, state, role, visible_from, visible_to, read_seq,"
                            + " delivered_seq, silenced_until, nickname, muted, pinned, hidden_seq, joined_at,"
                            + " updated_at"),
            numbered("entry", "id, conversation_id, seq, author, sender, client_id, sent_at, kind, body"),
            numbered(
                    "file",
                    "id, owner_id, hash, size, name, kind, mime, width, height, duration_ms, waveform, blurhash,"
                            + " preview_id, origin_id, created_at"),
            of("file_content", "hash", "hash, size, brought_at, condemned"),
            of("file_use", "file_id, conversation_id, seq", "file_id, conversation_id, seq"),
            of("mention", "conversation_id, user_id, seq", "conversation_id, user_id, seq, author"));

    private static MovedTable numbered(String name, String columns) {
        return new MovedTable(name, List.of("id"), list(columns), true);
    }

    private static MovedTable of(String name, String key, String columns) {
        return new MovedTable(name, list(key), list(columns), false);
    }

    private static List<String> list(String names) {
        return List.of(names.split(", ", -1));
    }

    String select() {
        return "SELECT " + String.join(", ", columns) + " FROM " + name + " ORDER BY " + String.join(", ", key);
    }

    String insert() {
        return "INSERT INTO " + name + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }
}
