package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.MemberRow;
import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.adapter.jdbc.sql.Tail;
import io.magpie.core.file.FileReferences.Reference;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One batch on its way into the log: its conversations are held, all that must be known of what is stored is read,
/// and the rest is decided here before anything is written.
final class Batch {
    private final Db db;
    private final long now;
    private final Heads heads;
    private final Map<EntryRows.Sending, AppendResult.Stored> repeats;
    private final BatchEntries entries;
    private final List<Tail> created = new ArrayList<>();

    private Batch(
            Db db, long now, Heads heads, Map<EntryRows.Sending, AppendResult.Stored> repeats, BatchEntries entries) {
        this.db = db;
        this.now = now;
        this.heads = heads;
        this.repeats = repeats;
        this.entries = entries;
    }

    /// @param rows where the entries are
    static Batch begin(Db db, Spelling spelling, EntryRows rows, BodyCodec codec, List<Draft> drafts, long now)
            throws SQLException {
        var heads = Heads.lock(db, spelling, drafts);
        var repeats = rows.repeats(heads, drafts);
        var targets = rows.targets(heads, drafts);
        var files = BatchFiles.of(db, spelling, drafts);
        return new Batch(db, now, heads, repeats, new BatchEntries(codec, rows, targets, files));
    }

    /// @param writer the incarnation of this node
    List<AppendResult> append(List<Draft> drafts, byte[][] bodies, long writer) throws SQLException {
        var results = new AppendResult[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            results[i] = append(drafts.get(i), bodies[i]);
        }
        write(writer);
        return List.of(results);
    }

    private AppendResult append(Draft draft, byte[] body) {
        var tail = heads.of(draft.conversation());
        if (tail.key == 0 && !LogEdits.createdByFirstEntry(draft.conversation())) {
            return refused(
                    ErrorCode.NOT_FOUND, "conversation: " + draft.conversation() + " (expected: one that exists)");
        }
        var repeat = first(tail, draft);
        if (repeat.isPresent()) {
            return repeat.get();
        }
        boolean stale = tail.stale(draft);
        var missing = stale ? Optional.<Reference>empty() : entries.files().missing(draft.body());
        if (missing.isPresent()) {
            return refused(
                    ErrorCode.NOT_FOUND,
                    missing.get().field() + ": " + missing.get().file() + " (expected: a file visible to you)");
        }
        return switch (draft.body()) {
            case Body.Recall(long target) -> recall(tail, draft, body, stale, target);
            case Body.Edit edit -> stale ? new AppendResult.Stale() : edit(tail, draft, body, edit);
            case Body.Message _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ ->
                stale ? new AppendResult.Stale() : store(tail, draft, body);
        };
    }

    private void write(long writer) throws SQLException {
        if (!created.isEmpty()) {
            MemberRow.begin(db, created, now);
        }
        entries.write(db);
        heads.write(writer);
    }

    private Optional<AppendResult> first(Tail tail, Draft draft) {
        return draft.clientId() == null ? Optional.empty() : Optional.ofNullable(repeats.get(sending(tail, draft)));
    }

    private static EntryRows.Sending sending(Tail tail, Draft draft) {
        return new EntryRows.Sending(tail.key, draft.sender(), String.valueOf(draft.clientId()));
    }

    private AppendResult recall(Tail tail, Draft draft, byte[] body, boolean stale, long seq) {
        var place = new Place(tail.key, seq);
        var target = message(place);
        if (target != null && target.recalled() != 0) {
            long sentAt = entries.find(new Place(tail.key, target.recalled()))
                    .map(EntryRows.Target::sentAt)
                    .orElse(0L);
            return new AppendResult.Stored(target.recalled(), sentAt, true);
        }
        if (stale) {
            return new AppendResult.Stale();
        }
        if (target == null) {
            return refused(ErrorCode.NOT_FOUND, "seq: " + seq + " (expected: a message)");
        }
        var stored = store(tail, draft, body);
        var by = new Place(tail.key, stored.seq());
        entries.change(
                place, new Body.Message(null, target.replyTo(), target.mentions(), target.edited(), stored.seq()), by);
        entries.unmention(place);
        emptyEdit(place, target, by);
        return stored;
    }

    private AppendResult edit(Tail tail, Draft draft, byte[] body, Body.Edit edit) {
        var place = new Place(tail.key, edit.target());
        var target = message(place);
        if (target == null) {
            return refused(ErrorCode.NOT_FOUND, "seq: " + edit.target() + " (expected: a message)");
        }
        if (target.recalled() != 0) {
            return refused(ErrorCode.CONFLICT, "seq: " + edit.target() + " (expected: a message not recalled)");
        }
        var stored = store(tail, draft, body);
        @Nullable Content content = edit.content();
        var by = new Place(tail.key, stored.seq());
        entries.change(place, new Body.Message(content, target.replyTo(), target.mentions(), stored.seq(), 0), by);
        emptyEdit(place, target, by);
        return stored;
    }

    /// Only the edit being served can still have content: each one emptied the one before.
    private void emptyEdit(Place place, Body.Message target, Place by) {
        if (target.edited() != 0) {
            entries.change(new Place(place.key(), target.edited()), new Body.Edit(place.seq(), null), by);
        }
    }

    private Body.@Nullable Message message(Place place) {
        return entries.find(place)
                .map(EntryRows.Target::body)
                .map(body -> body instanceof Body.Message message ? message : null)
                .orElse(null);
    }

    private AppendResult.Stored store(Tail tail, Draft draft, byte[] body) {
        if (tail.lastSeq == 0 && LogEdits.createdByFirstEntry(tail.conversation)) {
            created.add(tail);
        }
        tail.lastSeq++;
        tail.updatedAt = Math.max(now, tail.updatedAt);
        tail.moved = true;
        entries.add(new Place(tail.key, tail.lastSeq), draft, tail.updatedAt, body);
        if (draft.clientId() != null) {
            repeats.put(sending(tail, draft), new AppendResult.Stored(tail.lastSeq, tail.updatedAt, true));
        }
        return new AppendResult.Stored(tail.lastSeq, tail.updatedAt, false);
    }

    private static AppendResult refused(ErrorCode code, String message) {
        return new AppendResult.Refused(new Rejection(code, message));
    }
}
