package io.magpie.adapter.media;

/// What a cleaning found out by the way.
///
/// @param orientation as [Exif] says
/// @param animated whether it moves
record Cleaned(int orientation, boolean animated) {}
