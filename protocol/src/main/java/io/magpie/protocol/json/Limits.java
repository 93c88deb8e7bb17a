package io.magpie.protocol.json;

import io.magpie.core.conversation.ConversationId;

/// Bounds of what clients send, in bytes of UTF-8, items, or as the largest value. What core bounds itself stands
/// there.
final class Limits {
    /// Ids, seqs, times and sizes: what a JSON number carries exactly.
    static final long NUMBER = ConversationId.MAX_ID;

    static final int DEPTH = 32;

    /// Of frames of the server and of stored bodies. More than [#DEPTH], because what a client sent comes back as
    /// part of something larger.
    static final int SERVER_DEPTH = 64;

    static final int TOKEN = 8192;
    static final int DEVICE_NAME = 64;
    static final int CLIENT_ID = 64;
    static final int EMOJI = 64;
    static final int CURSOR = 1024;
    static final int MENTIONS = 500;

    static final int TEXT = 8192;
    static final int DATA = 8192;
    static final int SCHEMA = 256;
    static final int NAME = 1024;
    static final int MIME = 256;
    static final int BLURHASH = 256;
    static final int WAVEFORM = 512;
    static final int PIXELS = 65_535;
    static final long DURATION_MS = 86_400_000;

    private Limits() {}
}
