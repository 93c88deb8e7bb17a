package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Content;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The message that a recall or an edit is about.
record Target(Db db, BodyCodec codec, long key, long seq, long row, Body.Message message) {

    /// Empty if there is no such message.
    static Optional<Target> find(Db db, BodyCodec codec, long key, long seq) throws SQLException {
        long row = EntryIndex.of(db).writing(db.sql()).row(key, seq);
        return db.sql()
                .first("SELECT body FROM entry WHERE id = ?", found -> codec.decode(found.getBytes(1)), row)
                .flatMap(body -> body instanceof Body.Message message
                        ? Optional.of(new Target(db, codec, key, seq, row, message))
                        : Optional.empty());
    }

    boolean recalled() {
        return message.recalled() != 0;
    }

    /// What the first recall was answered.
    AppendResult.Stored firstRecall() throws SQLException {
        long sentAt = db.sql().number("SELECT sent_at FROM entry WHERE id = ?", row(message.recalled()));
        return new AppendResult.Stored(message.recalled(), sentAt, true);
    }

    /// Nobody counts or reads it any more.
    void recall(long recall) throws SQLException {
        var recalled = new Body.Message(null, message.replyTo(), message.mentions(), message.edited(), recall);
        db.sql().update("UPDATE entry SET author = 0, body = ? WHERE id = ?", codec.encode(recalled), row);
        EntryIndex.of(db).silence(db.sql(), key, seq);
        FileUses.end(db.sql(), key, seq);
        emptyEdit();
        var mentioned = new ArrayList<>(message.mentions().users());
        if (message.mentions().all()) {
            mentioned.add(0L);
        }
        for (long user : mentioned) {
            db.sql()
                    .update(
                            "DELETE FROM mention WHERE conversation_id = ? AND user_id = ? AND seq = ?",
                            key,
                            user,
                            seq);
        }
    }

    void edit(long edit, @Nullable Content content) throws SQLException {
        var edited = new Body.Message(content, message.replyTo(), message.mentions(), edit, 0);
        body(row, edited);
        FileUses.end(db.sql(), key, seq);
        FileUses.begin(db.sql(), FileUses.of(content), key, seq);
        emptyEdit();
    }

    /// Only the edit being served can still have content: each one emptied the one before.
    private void emptyEdit() throws SQLException {
        if (message.edited() != 0) {
            body(row(message.edited()), new Body.Edit(seq, null));
            FileUses.end(db.sql(), key, message.edited());
        }
    }

    private void body(long of, Body body) throws SQLException {
        db.sql().update("UPDATE entry SET body = ? WHERE id = ?", codec.encode(body), of);
    }

    private long row(long other) throws SQLException {
        return EntryIndex.of(db).writing(db.sql()).row(key, other);
    }
}
