package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `history.in: mongodb`.
///
/// @param url without user and password
public record Mongo(
        @Setting(
                value =
                        "Where MongoDB is; a replica set, so that an acknowledged message survives the loss of a machine.",
                pattern = "mongodb(\\+srv)?://\\S+",
                expected = "a URL as in mongodb://db-1.example.com:27017,db-2.example.com:27017/?replicaSet=rs0")
        @Nullable
        String url,

        @Setting(
                value = "The database there, for this store alone; its collections are made by the server.",
                initial = "magpie",
                pattern = "[0-9A-Za-z_-]{1,38}",
                expected = "1 to 38 letters, digits, dashes or underscores")
        String database,

        @Setting("Who the server logs in as, if MongoDB asks: a user kept in `admin`.") @Nullable
        String user,

        @Setting("The user's password; `file:PATH` reads it from a file.") @Nullable
        Secret password) {}
