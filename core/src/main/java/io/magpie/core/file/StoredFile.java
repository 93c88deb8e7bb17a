package io.magpie.core.file;

/// An uploaded file. Immutable once it is there.
///
/// @param owner who uploaded it
/// @param hash SHA-256 of its bytes in lower-case hexadecimal: their name in the [FileStore]
/// @param name as the uploader called it, without any path; may be empty
/// @param preview the file with a small picture of it; 0 if there is none
public record StoredFile(
        long id, long owner, String hash, long size, String name, Media media, long preview, long createdAt) {}
