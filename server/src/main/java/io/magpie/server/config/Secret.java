package io.magpie.server.config;

/// A value that is never printed.
public record Secret(String value) {
    static final String HIDDEN = "(hidden)";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
