package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Content;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The message that a recall or an edit is about.
record Target(Statements sql, BodyCodec codec, long key, long seq, long row, Body.Message message) {

    /// Empty if there is no such message.
    static Optional<Target> find(Statements sql, BodyCodec codec, long key, long seq) throws SQLException {
        return sql.first(
                        "SELECT id, body FROM entry WHERE conversation_id = ? AND seq = ? AND kind = ?",
                        row -> codec.decode(row.getBytes(2)) instanceof Body.Message message
                                ? Optional.of(new Target(sql, codec, key, seq, row.getLong(1), message))
                                : Optional.<Target>empty(),
                        key,
                        seq,
                        Kinds.MESSAGE)
                .flatMap(target -> target);
    }

    boolean recalled() {
        return message.recalled() != 0;
    }

    /// What the first recall was answered.
    AppendResult.Stored firstRecall() throws SQLException {
        long sentAt =
                sql.number("SELECT sent_at FROM entry WHERE conversation_id = ? AND seq = ?", key, message.recalled());
        return new AppendResult.Stored(message.recalled(), sentAt, true);
    }

    /// Nobody counts or reads it any more.
    void recall(long recall) throws SQLException {
        var recalled = new Body.Message(null, message.replyTo(), message.mentions(), message.edited(), recall);
        sql.update("UPDATE entry SET author = 0, body = ? WHERE id = ?", codec.encode(recalled), row);
        emptyEdit();
        var mentioned = new ArrayList<>(message.mentions().users());
        if (message.mentions().all()) {
            mentioned.add(0L);
        }
        for (long user : mentioned) {
            sql.update("DELETE FROM mention WHERE conversation_id = ? AND user_id = ? AND seq = ?", key, user, seq);
        }
    }

    void edit(long edit, @Nullable Content content) throws SQLException {
        var edited = new Body.Message(content, message.replyTo(), message.mentions(), edit, 0);
        sql.update("UPDATE entry SET body = ? WHERE id = ?", codec.encode(edited), row);
        emptyEdit();
    }

    /// Only the edit being served can still have content: each one emptied the one before.
    private void emptyEdit() throws SQLException {
        if (message.edited() != 0) {
            sql.update(
                    "UPDATE entry SET body = ? WHERE conversation_id = ? AND seq = ?",
                    codec.encode(new Body.Edit(seq, null)),
                    key,
                    message.edited());
        }
    }
}
