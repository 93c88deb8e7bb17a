package io.magpie.core.file;

/// What a file's bytes are, whatever its name or sender says. Only the first three are ever shown by a browser.
public enum FileKind {
    IMAGE,
    AUDIO,
    VIDEO,
    OTHER
}
