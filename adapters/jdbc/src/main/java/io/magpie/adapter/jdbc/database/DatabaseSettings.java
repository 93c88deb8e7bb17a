package io.magpie.adapter.jdbc.database;

import org.jspecify.annotations.Nullable;

/// Where a database is.
///
/// @param url for JDBC, without user and password
/// @param writers transactions at the same time; each takes one connection
/// @param readers reads at the same time; each takes one connection
public record DatabaseSettings(
        Dialect dialect,
        String url,
        @Nullable String user,
        @Nullable String password,
        int writers,
        int readers) {
    @Override
    public String toString() {
        return url;
    }
}
