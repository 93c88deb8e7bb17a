package io.magpie.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.magpie.core.store.StoreUnavailableException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where MongoDB is, and as whom.
///
/// @param url as in `mongodb://db-1:27017,db-2:27017/?replicaSet=rs0`; what it says of write concern and reading is
///     overruled
/// @param user null if it asks for none
public record MongoSettings(
        String url,
        String database,
        @Nullable String user,
        @Nullable String password) {
    /// A database's transaction waits for these: together they stay below the ten seconds that it may take.
    private static final int CONNECT_MS = 3_000;

    private static final int ANSWER_MS = 4_000;

    MongoClient connect() {
        try {
            var settings = MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(url))
                    .applicationName("magpie")
                    .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                    .readPreference(ReadPreference.primary())
                    .applyToClusterSettings(
                            cluster -> cluster.serverSelectionTimeout(CONNECT_MS, TimeUnit.MILLISECONDS))
                    .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_MS, TimeUnit.MILLISECONDS)
                            .readTimeout(ANSWER_MS, TimeUnit.MILLISECONDS));
            if (user != null) {
                settings.credential(MongoCredential.createCredential(
                        user, "admin", password == null ? new char[0] : password.toCharArray()));
            }
            return MongoClients.create(settings.build());
        } catch (IllegalArgumentException e) {
            throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
