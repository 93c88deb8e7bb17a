package io.magpie.server;

/// A start that cannot go on for a reason the operator can mend; the message is one sentence for him.
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
