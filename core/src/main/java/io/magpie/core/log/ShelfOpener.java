package io.magpie.core.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: opens the shelf over several databases. What does it is large and few ask for it, so it lies apart from the
/// program and is found, with [java.util.ServiceLoader], by those who do.
public interface ShelfOpener {
    /// Where the databases are.
    ///
    /// @param urls for JDBC, without user and password; the order is part of the meaning and never changes
    /// @param user of each of them; null if they ask for none
    /// @param connections to each of them at the same time
    record Shards(
            List<String> urls,
            @Nullable String user,
            @Nullable String password,
            int connections) {
        public Shards {
            urls = List.copyOf(urls);
        }

        @Override
        public String toString() {
            return String.join(", ", urls);
        }
    }

    /// Connects to all of them and makes their tables.
    ///
    /// @throws io.magpie.core.store.StoreUnavailableException if one of them cannot be reached or used, or is not
    ///     the one that its place in the list says
    EntryShelf open(Shards shards, BodyCodec codec);
}
