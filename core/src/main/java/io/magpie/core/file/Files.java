package io.magpie.core.file;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Port: which files there are and which entries carry them. That an entry carries a file is written by
/// [io.magpie.core.log.EntryLog#append] itself, in the entry's own transaction, and ends with the entry: with its
/// recall, with the edit that replaces its content, with its deletion. Reads see committed data only and may block;
/// any thread but an event loop.
public interface Files {
    Optional<StoredFile> find(long id);

    /// Those that exist, in no order.
    List<StoredFile> findAll(Collection<Long> ids);

    /// Whether an entry that this user sees carries the file. Costs at most one look-up for each conversation the
    /// user is or was in, however often the file was sent.
    boolean carried(long id, long user);

    /// Whether the file is the picture of an account or a group.
    boolean avatar(long id);

    /// What this user uploaded, in bytes; previews do not count.
    long usedBytes(long owner);

    /// Uploads that nothing uses and that are older than `time`, and previews whose file is gone, among the `scan`
    /// files after `after` (0 starts).
    Page unused(long after, long time, int scan);

    /// @param last the last one looked at; 0 if there are no more after it
    record Page(List<Long> files, long last) {}

    /// Contents without any file that nobody brought since `time`, among the `scan` contents after `after` (empty
    /// starts).
    ContentPage unusedContents(String after, long time, int scan);

    /// @param last the last one looked at; empty if there are no more after it
    record ContentPage(List<String> hashes, String last) {}

    /// Writes, in a transaction.
    interface Edits extends Files {
        /// Somebody brings this content: from now on it is kept for a while, even without a file. False if it is
        /// being deleted just now.
        boolean bring(String hash, long size, long now);

        /// The content was brought before. A preview becomes that of its origin.
        StoredFile insert(NewFile file, long now);

        /// Deletes the file if nothing uses it, as [#unused] says. False if it stays.
        boolean deleteUnused(long id, long time);

        /// Marks the content as being deleted, if [#unusedContents] would name it or it is marked already.
        boolean condemn(String hash, long time);

        /// The content is gone from the [FileStore].
        void forget(String hash);

        /// What all nodes agree on under this name; `fresh` becomes it if there is nothing yet.
        byte[] agreed(Agreed name, byte[] fresh);
    }

    /// @see Edits#agreed
    enum Agreed {
        /// The secret that signs addresses of files.
        SIGNING_KEY("file_key"),
        /// The mark of the folder that all nodes keep files in.
        FOLDER("file_folder");

        private final String key;

        Agreed(String key) {
            this.key = key;
        }

        /// How stores spell it.
        public String key() {
            return key;
        }
    }
}
