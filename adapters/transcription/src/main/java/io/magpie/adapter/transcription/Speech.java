package io.magpie.adapter.transcription;

import io.magpie.core.transcription.SpeechDecoder;
import io.magpie.core.transcription.Transcription.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Brings recordings into a form that Baidu takes: WAV of 16 kHz, 16 bits and one channel as it is, everything else
/// as raw sound.
final class Speech {
    private static final int RATE = 16_000;
    private static final int HEAD_BYTES = 36;

    private final SpeechDecoder decoder;

    Speech(SpeechDecoder decoder) {
        this.decoder = decoder;
    }

    sealed interface Result {
        /// A class of its own, as records do not compare the contents of arrays.
        final class Ready implements Result {
            private final String format;
            private final byte[] bytes;

            Ready(String format, byte[] bytes) {
                this.format = format;
                this.bytes = bytes;
            }

            String format() {
                return format;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        record Refused(String why) implements Result {}
    }

    Result of(Recording recording) throws InterruptedException {
        if (recording.mime().equals("audio/wav") && fits(recording.bytes())) {
            return new Result.Ready("wav", recording.bytes());
        }
        return switch (decoder.decode(recording)) {
            case SpeechDecoder.Decoded.Sound sound -> new Result.Ready("pcm", sound.pcm());
            case SpeechDecoder.Decoded.Not(String why) ->
                new Result.Refused(recording.mime() + ": Baidu takes WAV of 16 kHz, and " + why);
        };
    }

    /// Whether the header is the usual one and says what Baidu wants.
    private static boolean fits(byte[] wav) {
        if (wav.length < HEAD_BYTES) {
            return false;
        }
        var head = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        boolean pcm = head.getInt(12) == 0x20746d66 && head.getShort(20) == 1;
        return pcm && head.getShort(22) == 1 && head.getInt(24) == RATE && head.getShort(34) == 16;
    }
}
