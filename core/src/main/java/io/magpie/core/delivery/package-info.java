/// From a committed entry to every live session that should see it.
@NullMarked
package io.magpie.core.delivery;

import org.jspecify.annotations.NullMarked;
