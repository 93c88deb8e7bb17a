package io.magpie.protocol.frame;

import io.magpie.core.conversation.ConversationId;

/// Bounds of what clients send, in bytes of UTF-8, items, or as the largest value. What core bounds itself stands
/// there.
public final class Limits {
    /// Ids, seqs, times and sizes: what a JSON number carries exactly.
    public static final long NUMBER = ConversationId.MAX_ID;

    public static final int DEPTH = 32;

    /// Of frames of the server and of stored bodies. More than [#DEPTH], because what a client sent comes back as
    /// part of something larger.
    public static final int SERVER_DEPTH = 64;

    public static final int TOKEN = 8192;
    public static final int DEVICE_NAME = 64;
    public static final int CLIENT_ID = 64;
    public static final int EMOJI = 64;
    public static final int CURSOR = 1024;
    public static final int MENTIONS = 500;

    public static final int TEXT = 8192;
    public static final int DATA = 8192;
    public static final int SCHEMA = 256;
    public static final int NAME = 1024;
    public static final int MIME = 256;
    public static final int BLURHASH = 256;
    public static final int WAVEFORM = 512;
    public static final int PIXELS = 65_535;
    public static final long DURATION_MS = 86_400_000;

    private Limits() {}
}
