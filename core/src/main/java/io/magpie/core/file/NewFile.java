package io.magpie.core.file;

/// A file before it has an id.
///
/// @param origin the file this one is a preview of; 0 for what somebody uploaded
public record NewFile(long owner, String hash, long size, String name, Media media, long origin) {}
