package io.magpie.protocol.frame;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;

/// A frame is not what the protocol says. It unwinds the readers, which are nested as deep as the frame, and never
/// leaves a codec.
public final class Refused extends RuntimeException {
    private static final int QUOTED_CHARS = 40;

    private final ErrorCode code;
    private final String reason;

    private Refused(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    public static Refused malformed(String culprit, String expected) {
        return new Refused(ErrorCode.MALFORMED, culprit + " (expected: " + expected + ")");
    }

    public static Refused unsupported(String culprit, String expected) {
        return new Refused(ErrorCode.UNSUPPORTED, culprit + " (expected: " + expected + ")");
    }

    public static Refused tooLarge(String culprit, String expected) {
        return new Refused(ErrorCode.TOO_LARGE, culprit + " (expected: " + expected + ")");
    }

    public Rejection rejection() {
        return new Rejection(code, reason);
    }

    /// A client's value for a message: short, on one line.
    public static String quote(String value) {
        StringBuilder quoted = new StringBuilder(QUOTED_CHARS + 3).append('"');
        int end = Math.min(value.length(), QUOTED_CHARS);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return quoted.append(end < value.length() ? "…\"" : "\"").toString();
    }
}
