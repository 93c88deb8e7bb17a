package io.magpie.core.device;

/// A device as its client describes it.
///
/// @param id chosen by the client, stable, 1 to 64 bytes of UTF-8
/// @param name for people, at most 64 bytes of UTF-8; empty if none
public record Device(String id, Platform platform, String name) {
    public static final int MAX_ID_BYTES = 64;
}
