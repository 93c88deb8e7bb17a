package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.adapter.jdbc.sql.Kinds;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.MemberRow;
import io.magpie.adapter.jdbc.sql.Tail;
import io.magpie.core.file.FileReferences.Reference;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One batch on its way into the log. Rows gather in the driver and are inserted together; whatever must see them
/// flushes first.
final class AppendBatch {
    private static final String INSERT =
            "INSERT INTO entry (id, conversation_id, seq, author, sender, client_id, sent_at, kind,"
                    + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Db db;
    private final BodyCodec codec;
    private final long now;
    private final Repeats repeats;
    private final PreparedStatement insert;
    private int waiting;
    private boolean mentionsWaiting;

    AppendBatch(Db db, BodyCodec codec, long now, Repeats repeats) throws SQLException {
        this.db = db;
        this.codec = codec;
        this.now = now;
        this.repeats = repeats;
        this.insert = db.sql().prepare(INSERT);
    }

    AppendResult append(Tail tail, Draft draft, int code, byte[] body) throws SQLException {
        if (tail.key == 0 && !LogEdits.createdByFirstEntry(draft.conversation())) {
            return refused(
                    ErrorCode.NOT_FOUND, "conversation: " + draft.conversation() + " (expected: one that exists)");
        }
        var repeat = first(tail, draft, code);
        if (repeat.isPresent()) {
            return repeat.get();
        }
        boolean stale = tail.stale(draft);
        var missing = stale ? Optional.<Reference>empty() : FileUses.missing(db.sql(), FileUses.of(draft.body()));
        if (missing.isPresent()) {
            return refused(
                    ErrorCode.NOT_FOUND,
                    missing.get().field() + ": " + missing.get().file() + " (expected: a file visible to you)");
        }
        return switch (draft.body()) {
            case Body.Recall(long target) -> recall(tail, draft, code, body, stale, target);
            case Body.Edit edit -> stale ? new AppendResult.Stale() : edit(tail, draft, code, body, edit);
            case Body.Message message -> {
                if (stale) {
                    yield new AppendResult.Stale();
                }
                var stored = store(tail, draft, code, body);
                if (!message.mentions().isEmpty()) {
                    mention(tail, draft.sender(), stored.seq(), message.mentions());
                }
                yield stored;
            }
            case Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ ->
                stale ? new AppendResult.Stale() : store(tail, draft, code, body);
        };
    }

    void flush() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            waiting = 0;
        }
        if (mentionsWaiting) {
            mentions().executeBatch();
            mentionsWaiting = false;
        }
    }

    private AppendResult recall(Tail tail, Draft draft, int code, byte[] body, boolean stale, long seq)
            throws SQLException {
        flush();
        var target = Target.find(db, codec, tail.key, seq);
        if (target.isPresent() && target.get().recalled()) {
            return target.get().firstRecall();
        }
        if (stale) {
            return new AppendResult.Stale();
        }
        if (target.isEmpty()) {
            return refused(ErrorCode.NOT_FOUND, "seq: " + seq + " (expected: a message)");
        }
        var stored = store(tail, draft, code, body);
        target.get().recall(stored.seq());
        return stored;
    }

    private AppendResult edit(Tail tail, Draft draft, int code, byte[] body, Body.Edit edit) throws SQLException {
        flush();
        var target = Target.find(db, codec, tail.key, edit.target());
        if (target.isEmpty()) {
            return refused(ErrorCode.NOT_FOUND, "seq: " + edit.target() + " (expected: a message)");
        }
        if (target.get().recalled()) {
            return refused(ErrorCode.CONFLICT, "seq: " + edit.target() + " (expected: a message not recalled)");
        }
        var stored = store(tail, draft, code, body);
        target.get().edit(stored.seq(), edit.content());
        return stored;
    }

    /// The answer to the first draft with this clientId.
    private Optional<AppendResult> first(Tail tail, Draft draft, int code) throws SQLException {
        long repeat = EntryIndex.repeat(tail.key, code);
        if (draft.clientId() == null || tail.key == 0 || !repeats.possible(repeat)) {
            return Optional.empty();
        }
        flush();
        return repeats.first(repeat, draft);
    }

    private AppendResult.Stored store(Tail tail, Draft draft, int code, byte[] body) throws SQLException {
        if (tail.lastSeq == 0 && LogEdits.createdByFirstEntry(tail.conversation)) {
            create(tail);
        }
        tail.lastSeq++;
        tail.updatedAt = Math.max(now, tail.updatedAt);
        tail.moved = true;
        long author = Kinds.author(draft.body(), draft.sender());
        long repeat = draft.clientId() == null ? 0 : EntryIndex.repeat(tail.key, code);
        long row = EntryIndex.of(db).add(tail.key, tail.lastSeq, author, repeat);
        add(row, tail, author, draft, body);
        waiting++;
        FileUses.begin(db.sql(), FileUses.of(draft.body()), tail.key, tail.lastSeq);
        return new AppendResult.Stored(tail.lastSeq, tail.updatedAt, false);
    }

    /// The tail's newest entry.
    private void add(long row, Tail tail, long author, Draft draft, byte[] body) throws SQLException {
        insert.setLong(1, row);
        insert.setLong(2, tail.key);
        insert.setLong(3, tail.lastSeq);
        insert.setLong(4, author);
        insert.setLong(5, draft.sender());
        insert.setString(6, draft.clientId());
        insert.setLong(7, tail.updatedAt);
        insert.setInt(8, Kinds.number(draft.body()));
        insert.setBytes(9, body);
        insert.addBatch();
    }

    private void create(Tail tail) throws SQLException {
        if (tail.key == 0) {
            tail.key = db.keys().create(db.sql(), tail.conversation);
        }
        MemberRow.begin(db, List.of(tail), now);
    }

    private void mention(Tail tail, long sender, long seq, Mentions mentions) throws SQLException {
        var users =
                mentions.all() ? Stream.concat(Stream.of(0L), mentions.users().stream()) : mentions.users().stream();
        var insertMention = mentions();
        for (long user : (Iterable<Long>) users.distinct()::iterator) {
            insertMention.setLong(1, tail.key);
            insertMention.setLong(2, user);
            insertMention.setLong(3, seq);
            insertMention.setLong(4, sender);
            insertMention.addBatch();
        }
        mentionsWaiting = true;
    }

    private PreparedStatement mentions() throws SQLException {
        return db.sql().prepare("INSERT INTO mention (conversation_id, user_id, seq, author) VALUES (?, ?, ?, ?)");
    }

    private static AppendResult refused(ErrorCode code, String message) {
        return new AppendResult.Refused(new Rejection(code, message));
    }
}
