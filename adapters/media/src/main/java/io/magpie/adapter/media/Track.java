package io.magpie.adapter.media;

/// What a container says of itself; nothing of it was decoded.
///
/// @param durationMs 0 if it does not say
/// @param width of the picture as it is shown, 0 without one
/// @param video whether there is a picture that moves
/// @param audio whether there is sound
record Track(String mime, long durationMs, int width, int height, boolean video, boolean audio) {}
