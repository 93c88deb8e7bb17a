package io.magpie.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// For `history.in: sharded`.
///
/// @param urls without user and password
public record Sharding(
        @Setting(
                value =
                        "The databases that hold the entries, each conversation in one of them: two or more of MySQL or "
                                + "MariaDB, empty at first, on one or several servers. The server makes their tables. Their number and "
                                + "order never change afterwards.",
                initial = "[]",
                expected = "a list of JDBC URLs as in [jdbc:mariadb://db-1.example.com:3306/magpie_1, "
                        + "jdbc:mariadb://db-2.example.com:3306/magpie_2]")
        List<String> urls,

        @Setting("Who the server logs in as, at each of them; this user may make tables.") @Nullable
        String user,

        @Setting("The user's password; `file:PATH` reads it from a file.") @Nullable
        Secret password,

        @Setting(
                value =
                        "Connections of this node to each of the databases. All nodes together must stay below what the "
                                + "database allows.",
                initial = "12",
                min = 2,
                max = 500)
        int connections) {}
