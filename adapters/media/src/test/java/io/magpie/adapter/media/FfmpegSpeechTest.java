package io.magpie.adapter.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.transcription.SpeechDecoder.Decoded;
import io.magpie.core.transcription.Transcription.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegSpeechTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /// Two seconds each, at 16,000 samples of two bytes.
    @ParameterizedTest
    @CsvSource({"voice.webm, audio/webm", "voice.ogg, audio/ogg", "voice.m4a, audio/mp4", "voice.mp3, audio/mpeg"})
    void soundOfAnyFormatBecomesPcm(String name, String mime) throws Exception {
        assertThat(decode("ffmpeg", PATIENCE, mime, bytes(name)))
                .isInstanceOfSatisfying(
                        Decoded.Sound.class,
                        sound -> assertThat(sound.pcm().length)
                                .isBetween(60_000, 70_000)
                                .isEven());
    }

    @Test
    void whatIsNotOfItsFormatIsNotRead() throws Exception {
        assertThat(decode("ffmpeg", PATIENCE, "audio/ogg", bytes("voice.mp3"))).isInstanceOf(Decoded.Not.class);
        assertThat(decode("ffmpeg", PATIENCE, "audio/midi", bytes("voice.mp3"))).isInstanceOf(Decoded.Not.class);
    }

    @Test
    void itIsSaidWhereThereIsNoFfmpeg() throws Exception {
        assertThat(decode("/no/such/ffmpeg", PATIENCE, "audio/ogg", new byte[] {7}))
                .isEqualTo(new Decoded.Not("there is no ffmpeg to convert it"));
    }

    @Test
    void anFfmpegThatFailsOrHangsIsSaid() throws Exception {
        assertThat(decode(program("exit 1"), PATIENCE, "audio/ogg", new byte[] {7}))
                .isEqualTo(new Decoded.Not("ffmpeg could not read it"));
        assertThat(decode(program("exec sleep 600"), Duration.ofMillis(500), "audio/ogg", new byte[] {7}))
                .isEqualTo(new Decoded.Not("ffmpeg took too long to convert it"));
        assertThat(decode(program("true"), PATIENCE, "audio/ogg", new byte[] {7}))
                .isEqualTo(new Decoded.Not("there is no sound in it"));
    }

    private static Decoded decode(String program, Duration timeout, String mime, byte[] bytes)
            throws InterruptedException {
        return new FfmpegSpeech(program, timeout).decode(new Recording(mime, 2000, bytes));
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = FfmpegSpeechTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private String program(String script) throws IOException {
        var program = folder.resolve("ffmpeg");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }
}
