package io.magpie.adapter.sharding;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What errors of MySQL and MariaDB mean here. ShardingSphere and the driver wrap them.
final class Faults {
    private static final Set<Integer> AGAIN = Set.of(1020, 1205, 1213);
    private static final Set<Integer> TAKEN = Set.of(1062, 1586);

    private Faults() {}

    /// Another statement was in the way: the same one succeeds later.
    static boolean again(SQLException e) {
        return has(e, AGAIN);
    }

    /// A row with this key is there already.
    static boolean taken(SQLException e) {
        return has(e, TAKEN);
    }

    private static boolean has(SQLException e, Set<Integer> codes) {
        for (@Nullable Throwable next = e; next != null; next = next.getCause()) {
            if (next instanceof SQLException sql && codes.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }
}
