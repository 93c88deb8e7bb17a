package io.magpie.core.transcription;

/// Port: writes down what is said in a recording. Any thread that may block, several at a time.
public interface Transcription extends AutoCloseable {
    /// Blocks until there is an answer, no longer than the adapter's own limit, and never throws for what the other
    /// end does or says.
    ///
    /// @throws InterruptedException when it is not waited for any more
    Heard hear(Recording recording) throws InterruptedException;

    /// Gives up what is under way.
    @Override
    void close();

    /// A recording as it is stored. A class of its own, as records do not compare the contents of arrays.
    final class Recording {
        private final String mime;
        private final long durationMs;
        private final byte[] bytes;

        /// @param mime what the bytes are, as the server found out itself
        /// @param bytes not to be changed
        public Recording(String mime, long durationMs, byte[] bytes) {
            this.mime = mime;
            this.durationMs = durationMs;
            this.bytes = bytes;
        }

        public String mime() {
            return mime;
        }

        public long durationMs() {
            return durationMs;
        }

        public byte[] bytes() {
            return bytes;
        }
    }

    sealed interface Heard {
        /// @param text empty if nothing was said
        record Said(String text) implements Heard {}

        /// Asking again would not help.
        ///
        /// @param why for the operator; nothing of the recording
        record Never(String why) implements Heard {}

        /// Asking again may help.
        ///
        /// @param waitMs how long the other end wants to be left alone; 0 if it did not say
        record Later(String why, long waitMs) implements Heard {}
    }
}
