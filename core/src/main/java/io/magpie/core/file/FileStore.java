package io.magpie.core.file;

import java.io.InputStream;
import java.nio.file.Path;

/// Port: the bytes of files, named by the SHA-256 of what they are. So a name always means the same bytes, and
/// storing them twice is storing them once. Everything blocks; any thread but an event loop. Every call throws
/// [io.magpie.core.store.StoreUnavailableException] when the store cannot serve it.
public interface FileStore {
    /// Keeps the bytes of a local file, which may be gone afterwards. Durable when this returns; until then nobody
    /// finds any of it, also when the process dies. Does nothing if they are there already.
    void put(String hash, Path bytes);

    /// The bytes from `from` on, `length` of them; all of these must be there. For closing.
    InputStream open(String hash, long from, long length);

    /// Does nothing if they are not there.
    void delete(String hash);
}
