package io.magpie.core.transcription;

/// Port: turns recordings into raw sound, PCM of 16 kHz, 16 bits and one channel. Any thread that may block, several
/// at a time.
public interface SpeechDecoder {
    /// The first minute of it.
    ///
    /// @throws InterruptedException when it is not waited for any more
    Decoded decode(Transcription.Recording recording) throws InterruptedException;

    sealed interface Decoded {
        /// A class of its own, as records do not compare the contents of arrays.
        final class Sound implements Decoded {
            private final byte[] pcm;

            public Sound(byte[] pcm) {
                this.pcm = pcm;
            }

            public byte[] pcm() {
                return pcm;
            }
        }

        /// @param why for the operator; nothing of the recording
        record Not(String why) implements Decoded {}
    }
}
