/// Rates and bounds.
@NullMarked
package io.magpie.core.limit;

import org.jspecify.annotations.NullMarked;
