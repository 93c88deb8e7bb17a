package io.magpie.adapter.jdbc.sql;

import io.magpie.core.file.FileReferences;
import io.magpie.core.file.FileReferences.Reference;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which entries carry which files, kept with the entries.
public final class FileUses {
    private FileUses() {}

    public static List<Reference> of(Body body) {
        return switch (body) {
            case Body.Message message -> of(message.content());
            case Body.Edit edit -> of(edit.content());
            case Body.Recall _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> List.of();
        };
    }

    public static List<Reference> of(@Nullable Content content) {
        return FileReferences.of(content);
    }

    /// The first file that is not there; it may have been deleted since somebody looked.
    public static Optional<Reference> missing(Statements sql, List<Reference> references) throws SQLException {
        for (var reference : references) {
            if (sql.number("SELECT count(*) FROM file WHERE id = ?", reference.file()) == 0) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    /// The entry at `seq` carries these.
    public static void begin(Statements sql, List<Reference> references, long key, long seq) throws SQLException {
        for (long file : references.stream().map(Reference::file).distinct().toList()) {
            sql.update("INSERT INTO file_use (file_id, conversation_id, seq) VALUES (?, ?, ?)", file, key, seq);
        }
    }

    /// The entry at `seq` carries nothing any more.
    public static void end(Statements sql, long key, long seq) throws SQLException {
        sql.update("DELETE FROM file_use WHERE conversation_id = ? AND seq = ?", key, seq);
    }

    /// The entries before `seq` are being deleted.
    public static void endBefore(Statements sql, long key, long seq) throws SQLException {
        sql.update("DELETE FROM file_use WHERE conversation_id = ? AND seq < ?", key, seq);
    }
}
