package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.Body;

/// How kinds of entries are kept in their rows.
public final class Kinds {
    /// The number of a [Body.Message].
    static final int MESSAGE = 1;

    /// Stands for the server, whose id is 0, in the column `author`: there 0 means that nobody counts the entry.
    private static final long SERVER = -1;

    private Kinds() {}

    /// Numbers are stored, so they never change meaning.
    public static int number(Body body) {
        return switch (body) {
            case Body.Message _ -> MESSAGE;
            case Body.Recall _ -> 2;
            case Body.Edit _ -> 3;
            case Body.Reaction _ -> 4;
            case Body.MembersChanged _ -> 5;
            case Body.GroupChanged _ -> 6;
            case Body.Notice _ -> 7;
        };
    }

    /// The author as unread knows it: 0 for what nobody counts.
    public static long author(Body body, long sender) {
        return switch (body) {
            case Body.Message message -> message.recalled() == 0 ? author(sender) : 0;
            case Body.Notice _ -> author(sender);
            case Body.Recall _, Body.Edit _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _ -> 0;
        };
    }

    private static long author(long sender) {
        return sender == 0 ? SERVER : sender;
    }
}
