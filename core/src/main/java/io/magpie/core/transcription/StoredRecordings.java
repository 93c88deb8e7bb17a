package io.magpie.core.transcription;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.FileStore;
import io.magpie.core.file.Files;
import io.magpie.core.file.StoredFile;
import io.magpie.core.log.Content;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.transcription.Transcription.Recording;
import java.io.IOException;
import java.util.Optional;

/// The recordings among the uploaded files.
public final class StoredRecordings implements Recordings {
    /// What services take at most.
    private static final int MOST_BYTES = 25 << 20;

    private final Files files;
    private final FileStore bytes;

    public StoredRecordings(Files files, FileStore bytes) {
        this.files = files;
        this.bytes = bytes;
    }

    @Override
    public Optional<Recording> of(Content.Voice voice) {
        return files.find(voice.file())
                .filter(file -> file.media().kind() == FileKind.AUDIO && file.size() <= MOST_BYTES)
                .map(file -> new Recording(file.media().mime(), durationMs(file, voice), read(file)));
    }

    private static long durationMs(StoredFile file, Content.Voice voice) {
        return file.media().durationMs() > 0 ? file.media().durationMs() : voice.durationMs();
    }

    private byte[] read(StoredFile file) {
        try (var in = bytes.open(file.hash(), 0, file.size())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new StoreUnavailableException("file " + file.id() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
