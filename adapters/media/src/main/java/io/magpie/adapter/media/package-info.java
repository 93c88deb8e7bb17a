/// Finds out what uploaded files are, and makes them fit to be shown.
@NullMarked
package io.magpie.adapter.media;

import org.jspecify.annotations.NullMarked;
