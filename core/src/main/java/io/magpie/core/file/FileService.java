package io.magpie.core.file;

import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.store.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Takes uploads and opens files. An upload never is on the heap as a whole: it is received into a local file,
/// inspected there and then handed to the [FileStore]. Blocks.
public final class FileService {
    /// More would only share the same disk and network.
    private static final int AT_ONCE = 64;

    private static final long RETRY_MS = 2000;
    private static final int MAX_NAME_BYTES = 255;

    private final Journal journal;
    private final Files files;
    private final FileStore store;
    private final MediaInspector inspector;
    private final Intake intake;
    private final FileSettings settings;
    private final FileStats stats;
    private final InstantSource clock;

    public FileService(
            Journal journal,
            Files files,
            FileStore store,
            MediaInspector inspector,
            Intake intake,
            FileSettings settings,
            FileStats stats,
            InstantSource clock) {
        this.journal = journal;
        this.files = files;
        this.store = store;
        this.inspector = inspector;
        this.intake = intake;
        this.settings = settings;
        this.stats = stats;
        this.clock = clock;
    }

    /// @param name as the uploader calls it, any text; only its last part is kept
    /// @param length of the body, -1 if the sender did not say
    public record Offer(long user, String name, long length) {}

    /// What this user may upload.
    ///
    /// @param usedBytes what the user keeps now
    public record Allowance(FileSettings settings, long usedBytes) {}

    public Allowance allowance(long user) {
        return new Allowance(settings, files.usedBytes(user));
    }

    /// Why the upload need not be sent at all: it says itself that it is too large, or no place is free.
    public Outcome<Offer> welcome(Offer offer) {
        if (offer.length() > settings.most()) {
            return Intake.tooLarge(settings.most());
        }
        long left = quotaLeft(files, offer.user());
        return left <= 0 || offer.length() > left ? overQuota() : Outcome.done(offer);
    }

    /// Receives the body. Durable when this is `Done`; nothing of it remains otherwise.
    ///
    /// @throws UncheckedIOException if the sender went away
    public Outcome<StoredFile> upload(Offer offer, InputStream body) {
        if (stats.uploading.incrementAndGet() > AT_ONCE) {
            stats.uploading.decrementAndGet();
            stats.refused.increment();
            return Outcome.rejected(
                    new Rejection(ErrorCode.UNAVAILABLE, "too many uploads at work; repeat it later", RETRY_MS));
        }
        try {
            var outcome = welcome(offer).then(welcome -> take(welcome, body));
            (outcome instanceof Outcome.Done ? stats.uploads : stats.refused).increment();
            return outcome;
        } catch (UncheckedIOException e) {
            stats.broken.increment();
            throw e;
        } finally {
            stats.uploading.decrementAndGet();
        }
    }

    private Outcome<StoredFile> take(Offer offer, InputStream body) {
        var place = intake.place();
        try {
            var original = place.resolve("original");
            long left = quotaLeft(files, offer.user());
            return intake.receive(body, original, head -> Math.min(left, settings.most(inspector.guess(head))))
                    .then(_ -> inspector.inspect(original, offer.name(), place))
                    .then(inspected -> keep(offer, inspected));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Intake.discard(place);
        }
    }

    private Outcome<StoredFile> keep(Offer offer, MediaInspector.Inspected inspected) {
        var bytes = Bytes.of(inspected.bytes());
        if (bytes.size() > settings.most(inspected.media().kind())) {
            return Intake.tooLarge(settings.most(inspected.media().kind()));
        }
        var preview = inspected.preview();
        return stored(bytes)
                .then(_ -> preview == null
                        ? insert(offer, inspected.media(), bytes, null)
                        : stored(Bytes.of(preview.bytes()))
                                .then(small -> insert(offer, inspected.media(), bytes, new Small(preview, small))))
                .map(file -> {
                    stats.uploadedBytes.add(file.size());
                    return file;
                });
    }

    /// The content is announced before it is stored, so that whoever deletes what is unused either sees that or is
    /// seen.
    private Outcome<Bytes> stored(Bytes bytes) {
        boolean free = journal.share(tx -> tx.on(Files.Edits.class).bring(bytes.hash(), bytes.size(), clock.millis()));
        if (!free) {
            return Outcome.rejected(
                    new Rejection(ErrorCode.UNAVAILABLE, "the same file is just being deleted", RETRY_MS));
        }
        store.put(bytes.hash(), bytes.path());
        return Outcome.done(bytes);
    }

    private record Small(MediaInspector.Preview preview, Bytes bytes) {}

    private Outcome<StoredFile> insert(Offer offer, Media media, Bytes bytes, @Nullable Small small) {
        return journal.transact(tx -> {
            var edits = tx.on(Files.Edits.class);
            if (bytes.size() > quotaLeft(edits, offer.user())) {
                return overQuota();
            }
            var file = insert(tx, offer, media, bytes, 0);
            if (small == null) {
                return Outcome.done(file);
            }
            insert(tx, offer, small.preview().media(), small.bytes(), file.id());
            return edits.find(file.id())
                    .map(Outcome::done)
                    .orElseThrow(() -> new IllegalStateException("a file inserted just now is gone"));
        });
    }

    private StoredFile insert(Transaction tx, Offer offer, Media media, Bytes bytes, long origin) {
        var name = origin == 0 ? FileNames.clean(offer.name(), MAX_NAME_BYTES) : "";
        return tx.on(Files.Edits.class)
                .insert(new NewFile(offer.user(), bytes.hash(), bytes.size(), name, media, origin), clock.millis());
    }

    /// The small picture of a file: its preview, or itself if it is a picture without one.
    public Outcome<StoredFile> preview(StoredFile file) {
        if (file.preview() == 0 && file.media().kind() == FileKind.IMAGE) {
            return Outcome.done(file);
        }
        return files.find(file.preview())
                .map(Outcome::done)
                .orElseGet(() ->
                        Outcome.rejected(ErrorCode.NOT_FOUND, "file: there is no small picture of file " + file.id()));
    }

    /// The bytes of a file that was allowed to be read.
    public InputStream open(StoredFile file, long from, long length) {
        stats.downloads.increment();
        return store.open(file.hash(), from, length);
    }

    private long quotaLeft(Files from, long user) {
        return settings.quotaBytes() == 0 ? Long.MAX_VALUE : settings.quotaBytes() - from.usedBytes(user);
    }

    private <T> Outcome<T> overQuota() {
        return Outcome.rejected(
                ErrorCode.TOO_LARGE, "body: more than is left of your quota of " + settings.quotaBytes() + " bytes");
    }

    /// A local file and its name in the store.
    private record Bytes(Path path, String hash, long size) {
        static Bytes of(Path path) {
            try (var in = new DigestInputStream(
                    java.nio.file.Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
                long size = in.transferTo(java.io.OutputStream.nullOutputStream());
                return new Bytes(
                        path, HexFormat.of().formatHex(in.getMessageDigest().digest()), size);
            } catch (IOException e) {
                throw new StoreUnavailableException("uploads cannot be read: " + e.getMessage(), e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
