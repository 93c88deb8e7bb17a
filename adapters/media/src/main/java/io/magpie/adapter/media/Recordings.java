package io.magpie.adapter.media;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.Media;
import io.magpie.core.file.MediaInspector.Inspected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Sound and film. How long and how large they are is read from their containers here; only what must be decoded, a
/// waveform or a cover, needs `ffmpeg`, and is left out without it.
final class Recordings {
    private final Optional<Ffmpeg> ffmpeg;
    private final Pictures pictures;

    Recordings(Optional<Ffmpeg> ffmpeg, Pictures pictures) {
        this.ffmpeg = ffmpeg;
        this.pictures = pictures;
    }

    /// Empty for what is neither.
    Optional<Inspected> inspect(Format format, Path file, Path folder) throws IOException, InterruptedException {
        var track = read(format, file);
        if (track.isEmpty()) {
            return Optional.empty();
        }
        if (track.get().video()) {
            return Optional.of(film(format, track.get(), file, folder));
        }
        return track.get().audio() ? Optional.of(sound(format, track.get(), file, folder)) : Optional.empty();
    }

    private static Optional<Track> read(Format format, Path file) throws IOException {
        return switch (format) {
            case MP4 -> Optional.of(Mp4.read(file));
            case MATROSKA -> Optional.of(Matroska.read(file));
            case OGG -> Sounds.ogg(file);
            case WAVE -> Optional.of(Sounds.wave(file));
            case MP3 -> Sounds.mp3(file);
            case JPEG, PNG, GIF, WEBP, OTHER -> Optional.empty();
        };
    }

    private Inspected sound(Format format, Track track, Path file, Path folder)
            throws IOException, InterruptedException {
        List<Integer> waveform = List.of();
        if (ffmpeg.isPresent()) {
            waveform = ffmpeg.get().loudness(format, file, folder);
            if (waveform.isEmpty()) {
                throw new BrokenMediaException("its sound cannot be decoded");
            }
        }
        return new Inspected(Media.audio(track.mime(), track.durationMs(), waveform), file, null);
    }

    private Inspected film(Format format, Track track, Path file, Path folder)
            throws IOException, InterruptedException {
        var cover = ffmpeg.isEmpty()
                ? Optional.<Path>empty()
                : ffmpeg.get().cover(format, file, track.durationMs(), folder);
        var preview = cover.isEmpty() ? null : pictures.preview(cover.get(), folder);
        var blurhash = preview == null ? null : preview.media().blurhash();
        var media = new Media(
                FileKind.VIDEO, track.mime(), track.width(), track.height(), track.durationMs(), List.of(), blurhash);
        return new Inspected(media, file, preview);
    }
}
