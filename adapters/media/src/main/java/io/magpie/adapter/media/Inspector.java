package io.magpie.adapter.media;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.Media;
import io.magpie.core.file.MediaInspector;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.tika.Tika;

/// Looks into uploads on a few threads of its own; when too many wait, the next is answered `unavailable`.
public final class Inspector implements MediaInspector, AutoCloseable {
    static final int MAX_THREADS = 4;
    static final int MAX_WAITING = 64;
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_THREADS);
    private static final long RETRY_MS = 2000;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("media-", 0).factory());
    private final Tika types = new Tika();
    private final Pictures pictures;
    private final Recordings recordings;
    private final boolean decodes;

    /// Uses the machine's `ffmpeg` if there is one.
    ///
    /// @param mostPixels of a picture
    public Inspector(long mostPixels) {
        this(mostPixels, Ffmpeg.find());
    }

    Inspector(long mostPixels, Optional<Ffmpeg> ffmpeg) {
        this.pictures = new Pictures(mostPixels);
        this.recordings = new Recordings(ffmpeg, pictures);
        this.decodes = ffmpeg.isPresent();
    }

    /// Whether sound gets a waveform and film a cover.
    public boolean decodes() {
        return decodes;
    }

    @Override
    public FileKind guess(byte[] head) {
        return Format.of(head).kind();
    }

    @Override
    public Outcome<Inspected> inspect(Path file, String name, Path folder) {
        try {
            Callable<Outcome<Inspected>> work = () -> look(file, name, folder);
            return threads.submit(work).get();
        } catch (RejectedExecutionException _) {
            return Outcome.rejected(new Rejection(
                    ErrorCode.UNAVAILABLE, "too many uploads are being looked at; repeat it later", RETRY_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while an upload was looked at", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        }
    }

    private Outcome<Inspected> look(Path file, String name, Path folder) throws InterruptedException {
        var format = Format.OTHER;
        try {
            format = format(file);
            return Outcome.done(
                    switch (format.kind()) {
                        case IMAGE -> pictures.inspect(format, file, folder);
                        case AUDIO, VIDEO -> {
                            var recording = recordings.inspect(format, file, folder);
                            yield recording.isPresent() ? recording.get() : other(file, name);
                        }
                        case OTHER -> other(file, name);
                    });
        } catch (BrokenMediaException e) {
            return Outcome.rejected(
                    ErrorCode.MALFORMED,
                    "body: begins like " + format.name().toLowerCase(Locale.ROOT) + ", but " + e.getMessage());
        } catch (IOException e) {
            throw new StoreUnavailableException("uploads cannot be read: " + e.getMessage(), e);
        }
    }

    private static Format format(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Format.of(in.readNBytes(HEAD));
        }
    }

    private Inspected other(Path file, String name) throws IOException {
        return new Inspected(Media.other(type(file, name)), file, null);
    }

    /// What the bytes say; the name only tells apart what looks the same.
    private String type(Path file, String name) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return types.detect(in.readNBytes(HEAD), name);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
