/// What a device missed.
@NullMarked
package io.magpie.core.sync;

import org.jspecify.annotations.NullMarked;
