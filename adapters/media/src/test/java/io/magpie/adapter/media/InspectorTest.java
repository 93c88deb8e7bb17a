package io.magpie.adapter.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.MediaInspector.Inspected;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found out of uploads. The sounds and films beside this test are of Debian's ffmpeg, two seconds long.
class InspectorTest {
    private final Inspector inspector = new Inspector(1_000_000, ffmpeg());
    private final Inspector alone = new Inspector(1_000_000, Optional.empty());

    @TempDir
    private Path folder;

    private static Optional<Ffmpeg> ffmpeg() {
        var found = Ffmpeg.find();
        assertThat(found).as("ffmpeg (Debian: apt install ffmpeg)").isPresent();
        return found;
    }

    @AfterEach
    void close() {
        inspector.close();
        alone.close();
    }

    private Path file(String name) throws IOException {
        try (var in = InspectorTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return write(in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("original"), bytes);
    }

    private Inspected inspected(Inspector by, Path file) {
        return switch (by.inspect(file, "", folder)) {
            case Outcome.Done<Inspected>(Inspected inspected) -> inspected;
            case Outcome.Rejected<Inspected>(var rejection) -> throw new AssertionError(rejection.message());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "voice.webm, audio/webm",
        "voice.ogg, audio/ogg",
        "voice.m4a, audio/mp4",
        "voice-fragments.mp4, audio/mp4",
        "voice.mp3, audio/mpeg"
    })
    void soundIsMeasured(String name, String mime) throws IOException {
        var media = inspected(inspector, file(name)).media();
        assertThat(media.kind()).isEqualTo(FileKind.AUDIO);
        assertThat(media.mime()).isEqualTo(mime);
        assertThat(media.durationMs()).isCloseTo(2000, within(100L));
        assertThat(media.waveform())
                .hasSize(64)
                .allSatisfy(loud -> assertThat(loud).isBetween(0, 255));
        assertThat(media.waveform().subList(10, 50))
                .allSatisfy(loud -> assertThat(loud).isBetween(20, 60));
        var without = inspected(alone, file(name)).media();
        assertThat(without.durationMs()).isEqualTo(media.durationMs());
        assertThat(without.waveform()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"film.mp4, video/mp4, 90, 160", "fragments.mp4, video/mp4, 160, 90", "film.webm, video/webm, 160, 90"})
    void filmIsMeasured(String name, String mime, int width, int height) throws IOException {
        var film = inspected(inspector, file(name));
        assertThat(film.media().kind()).isEqualTo(FileKind.VIDEO);
        assertThat(film.media().mime()).isEqualTo(mime);
        assertThat(film.media().width()).isEqualTo(width);
        assertThat(film.media().height()).isEqualTo(height);
        assertThat(film.media().durationMs()).isCloseTo(2000, within(250L));
        assertThat(film.media().blurhash()).isNotNull();
        var cover = film.preview();
        assertThat(cover).isNotNull();
        var decoded = ImageIO.read((cover == null ? folder : cover.bytes()).toFile());
        assertThat(decoded.getWidth()).isEqualTo(width);
        assertThat(decoded.getHeight()).isEqualTo(height);

        var without = inspected(alone, file(name));
        assertThat(without.media().durationMs()).isEqualTo(film.media().durationMs());
        assertThat(without.preview()).isNull();
    }

    @Test
    void whatACameraNotesIsWipedOut() throws IOException {
        assertThat(text(file("film.mp4")).contains("secret place")).isTrue();
        var film = inspected(alone, folder.resolve("original"));
        assertThat(text(film.bytes()).contains("secret place")).isFalse();
        assertThat(text(film.bytes()).contains("loci")).isFalse();
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "film.webm", "voice.webm", "voice.m4a", "fragments.mp4"})
    void whatEndsTooEarlyIsBrokenOrShorter(String name) throws IOException {
        byte[] whole = Files.readAllBytes(file(name));
        for (int length : new int[] {12, 40, 100, 300, 700, whole.length / 2, whole.length - 1}) {
            var outcome = alone.inspect(write(Arrays.copyOf(whole, length)), "", folder);
            switch (outcome) {
                case Outcome.Done<Inspected>(Inspected inspected) ->
                    assertThat(inspected.media().durationMs()).isBetween(0L, 2250L);
                case Outcome.Rejected<Inspected>(var rejection) -> {
                    assertThat(rejection.code()).isEqualTo(ErrorCode.MALFORMED);
                    assertThat(rejection.message()).startsWith("body: begins like ");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"heic, image/heic", "mif1, image/heif", "avif, image/avif"})
    void picturesThatBrowsersDoNotShowAreFiles(String brand, String mime) throws IOException {
        byte[] head =
                ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0mif1" + brand + "...").getBytes(StandardCharsets.ISO_8859_1);
        var found = inspected(inspector, write(head));
        assertThat(found.media().kind()).isEqualTo(FileKind.OTHER);
        assertThat(found.media().mime()).isEqualTo(mime);
        assertThat(found.preview()).isNull();
    }

    @Test
    void noBytesMakeItFail() throws IOException {
        var random = new java.util.Random(7);
        for (String name : new String[] {"film.mp4", "film.webm", "voice.ogg", "voice.mp3", "picture.webp"}) {
            byte[] whole = Files.readAllBytes(file(name));
            for (int round = 0; round < 200; round++) {
                byte[] changed = whole.clone();
                for (int i = 0; i < 1 + round / 10; i++) {
                    changed[random.nextInt(Math.min(changed.length, 2000))] = (byte) random.nextInt();
                }
                if (alone.inspect(write(changed), "", folder) instanceof Outcome.Rejected<Inspected>(var rejection)) {
                    assertThat(rejection.code()).as(rejection.message()).isEqualTo(ErrorCode.MALFORMED);
                }
            }
        }
    }

    @Test
    void webpIsAPicture() throws IOException {
        var still = inspected(alone, file("picture.webp"));
        assertThat(still.media().mime()).isEqualTo("image/webp");
        assertThat(still.media().width()).isEqualTo(64);
        assertThat(still.media().height()).isEqualTo(48);
        var moving = inspected(alone, file("moving.webp"));
        assertThat(moving.media().width()).isEqualTo(64);
        assertThat(Files.size(moving.bytes())).isGreaterThan(1000);
    }

    @Test
    void soundThatIsNoneIsBroken() throws IOException {
        byte[] voice = Files.readAllBytes(file("voice.m4a"));
        Arrays.fill(voice, 48, 6040, (byte) 0x55);
        assertThat(inspector.inspect(write(voice), "", folder)).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void whoComesWhenTooManyWaitIsToldToComeAgain() throws Exception {
        // Opening it takes until somebody writes.
        var pipe = folder.resolve("original");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var link = Files.createLink(folder.resolve("link"), pipe);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ExecutorCompletionService<Outcome<Inspected>>(callers);
            for (int i = 0; i <= Inspector.MAX_THREADS + Inspector.MAX_WAITING; i++) {
                outcomes.submit(() -> inspector.inspect(pipe, "", folder));
            }
            assertThat(outcomes.take().get())
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(ErrorCode.UNAVAILABLE));
            Files.delete(pipe);
            write(new byte[] {1});
            new RandomAccessFile(link.toFile(), "rw").close();
        }
    }
}
