package io.magpie.adapter.jdbc.sqlite;

import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What an error of SQLite means to the core.
final class Faults {
    private Faults() {}

    /// Whether a rollback failed because SQLite had ended the transaction by itself, as it does when the disk is
    /// full.
    static boolean noTransaction(SQLException e) {
        String message = e.getMessage();
        return message != null && message.contains("no transaction is active");
    }

    /// An engine that cannot serve is `unavailable`; everything else is a fault of ours.
    static RuntimeException of(SQLException e) {
        if (unavailable(e)) {
            return new StoreUnavailableException("store: " + e.getMessage(), e);
        }
        return new IllegalStateException("store: " + e.getMessage(), e);
    }

    /// Whether the connection may not be trusted any more.
    static boolean breaksConnection(SQLException e) {
        return !(e instanceof SQLiteException sqlite)
                || switch (primary(sqlite)) {
                    case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_MISUSE ->
                        true;
                    default -> false;
                };
    }

    /// Whether the disk did not take what was written, or the file is not what it was.
    static boolean disk(SQLException e) {
        return e instanceof SQLiteException sqlite
                && switch (primary(sqlite)) {
                    case SQLITE_FULL,
                            SQLITE_IOERR,
                            SQLITE_CANTOPEN,
                            SQLITE_READONLY,
                            SQLITE_PERM,
                            SQLITE_CORRUPT,
                            SQLITE_NOTADB -> true;
                    default -> false;
                };
    }

    private static boolean unavailable(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return e instanceof SQLTransientException || closed(e);
        }
        return switch (primary(sqlite)) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_CANTOPEN,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_AUTH,
                    SQLITE_NOMEM,
                    SQLITE_NOLFS,
                    SQLITE_PROTOCOL,
                    SQLITE_INTERRUPT,
                    SQLITE_ABORT,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB -> true;
            default -> false;
        };
    }

    /// The driver tells a closed connection or statement by its message alone.
    private static boolean closed(SQLException e) {
        String message = e.getMessage();
        return message != null
                && (message.contains("closed") || message.contains("finalized") || message.contains("not executing"));
    }

    /// Extended codes carry the primary one in their low byte.
    private static SQLiteErrorCode primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }
}
