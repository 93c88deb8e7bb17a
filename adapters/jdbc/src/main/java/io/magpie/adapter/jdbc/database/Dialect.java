package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.adapter.jdbc.sql.Statements;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// In what the databases differ. Both drivers turn a batch of one INSERT into statements of many rows.
public enum Dialect implements Spelling {
    /// MySQL from 8.0 on and MariaDB from 10.6 on, both through MariaDB's driver.
    MYSQL {
        private static final Set<Integer> AGAIN = Set.of(1020, 1205, 1213);
        private static final Set<Integer> TAKEN = Set.of(1062, 1586);

        // Full disks, too many connections, shutting down, read-only, killed.
        private static final Set<Integer> UNAVAILABLE = Set.of(
                1021, 1026, 1030, 1037, 1040, 1041, 1044, 1045, 1053, 1114, 1129, 1130, 1152, 1158, 1159, 1160, 1161,
                1203, 1226, 1290, 1317, 1637, 1792, 1836, 1927, 1969, 3024);

        @Override
        String url(String given) {
            return given.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
        }

        @Override
        Map<String, String> properties() {
            return Map.of(
                    "rewriteBatchedStatements", "true",
                    "useBulkStmts", "false",
                    "tcpKeepAlive", "true",
                    "connectTimeout", String.valueOf(Timeouts.CONNECT_MS),
                    "socketTimeout", String.valueOf(Timeouts.ANSWER_MS));
        }

        // MySQL takes the part that only MariaDB knows for a comment.
        @Override
        String session() {
            return "SET SESSION innodb_lock_wait_timeout = " + Timeouts.ROW_S
                    + ", sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' /*M! , idle_transaction_timeout = "
                    + Timeouts.IDLE_S + " */";
        }

        @Override
        public String insertNew(String rows) {
            return "INSERT IGNORE INTO " + rows;
        }

        @Override
        public String replace(String rows, String key, List<String> columns) {
            return columns.stream()
                    .map(column -> column + " = VALUES(" + column + ")")
                    .collect(Collectors.joining(", ", "INSERT INTO " + rows + " ON DUPLICATE KEY UPDATE ", ""));
        }

        @Override
        public String sharing() {
            return " LOCK IN SHARE MODE";
        }

        @Override
        String number(String table, long next) {
            return "ALTER TABLE " + table + " AUTO_INCREMENT = " + next;
        }

        @Override
        String find(String columns, String table, List<String> key, int size) {
            return "SELECT " + columns + " FROM " + table + " WHERE (" + String.join(", ", key) + ") IN ("
                    + tuples(key.size(), size) + ")";
        }

        @Override
        Fault known(SQLException e) {
            int code = e.getErrorCode();
            if (AGAIN.contains(code)) {
                return Fault.AGAIN;
            }
            if (TAKEN.contains(code)) {
                return Fault.TAKEN;
            }
            return UNAVAILABLE.contains(code) ? Fault.UNAVAILABLE : Fault.OURS;
        }
    },

    /// PostgreSQL from 13 on.
    POSTGRESQL {
        private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");
        private static final String TAKEN = "23505";

        // Read-only, and ended for doing nothing.
        private static final Set<String> UNAVAILABLE = Set.of("25006", "25P03");

        // Login, resources, an operator's doing, the system below.
        private static final Set<String> UNAVAILABLE_CLASSES = Set.of("28", "53", "57", "58");

        @Override
        String url(String given) {
            return given;
        }

        @Override
        Map<String, String> properties() {
            return Map.of(
                    "reWriteBatchedInserts", "true",
                    "ApplicationName", "magpie",
                    "tcpKeepAlive", "true",
                    "connectTimeout", String.valueOf(Timeouts.CONNECT_MS / 1000),
                    "socketTimeout", String.valueOf(Timeouts.ANSWER_MS / 1000));
        }

        // Each statement has its index. While the tables are small, or have no statistics yet, the planner would
        // rather read them whole, and keep to that for as long as the statement stays prepared.
        @Override
        String session() {
            return "SET enable_seqscan = off; SET jit = off; SET lock_timeout = '" + Timeouts.ROW_S
                    + "s'; SET idle_in_transaction_session_timeout = '" + Timeouts.IDLE_S + "s'";
        }

        @Override
        public String insertNew(String rows) {
            return "INSERT INTO " + rows + " ON CONFLICT DO NOTHING";
        }

        @Override
        public String replace(String rows, String key, List<String> columns) {
            return Spelling.onConflict(rows, key, columns);
        }

        @Override
        public String sharing() {
            return " FOR SHARE";
        }

        @Override
        String number(String table, long next) {
            return "ALTER TABLE " + table + " ALTER COLUMN id RESTART WITH " + next;
        }

        @Override
        String find(String columns, String table, List<String> key, int size) {
            return "SELECT " + columns + " FROM (VALUES " + tuples(key.size(), size) + ") AS wanted ("
                    + String.join(", ", key) + ") JOIN " + table + " USING (" + String.join(", ", key) + ")";
        }

        @Override
        Fault known(SQLException e) {
            var state = String.valueOf(e.getSQLState());
            if (AGAIN.contains(state)) {
                return Fault.AGAIN;
            }
            if (state.equals(TAKEN)) {
                return Fault.TAKEN;
            }
            return UNAVAILABLE.contains(state) || UNAVAILABLE_CLASSES.contains(state.substring(0, 2))
                    ? Fault.UNAVAILABLE
                    : Fault.OURS;
        }
    };

    /// What the driver is asked for.
    abstract String url(String given);

    abstract Map<String, String> properties();

    /// Prepares a new connection.
    abstract String session();

    /// Gives the next row this id.
    abstract String number(String table, long next);

    /// Finds the rows with one of `size` keys, through their index however many there are.
    abstract String find(String columns, String table, List<String> key, int size);

    abstract Fault known(SQLException e);

    private static String tuples(int columns, int size) {
        var tuple = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        return String.join(", ", Collections.nCopies(Statements.rounded(size), tuple));
    }
}
