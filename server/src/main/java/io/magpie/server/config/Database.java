package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// A server database. Counts only where `store` names its kind.
///
/// @param url without user and password
public record Database(
        @Setting(
                value =
                        "Where the database is, as JDBC says it; it must exist, its tables are made and migrated by the "
                                + "server. See docs/engines.md.",
                pattern = "jdbc:[a-z]+:\\S+",
                expected = "a JDBC URL as in jdbc:mariadb://db.example.com:3306/magpie or "
                        + "jdbc:postgresql://db.example.com:5432/magpie")
        @Nullable
        String url,

        @Setting("Who the server logs in as; this user may make tables.") @Nullable
        String user,

        @Setting("The user's password; `file:PATH` reads it from a file.") @Nullable
        Secret password,

        @Setting(
                value =
                        "Connections of this node for transactions. Messages take at most half of them, so that logins and "
                                + "read marks do not wait for messages.",
                initial = "6",
                min = 2,
                max = 200)
        int writers,

        @Setting(
                value =
                        "Connections of this node for reads. All nodes together must stay below what the database allows.",
                initial = "12",
                min = 1,
                max = 500)
        int readers) {}
