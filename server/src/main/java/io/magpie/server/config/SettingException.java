package io.magpie.server.config;

/// A setting that stops the start. The message is one sentence for the operator: the key, the value, where it was
/// set, what is expected. It never holds a secret.
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SettingException(String sentence) {
        super(sentence);
    }
}
