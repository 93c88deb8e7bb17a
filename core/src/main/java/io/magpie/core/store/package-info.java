/// The unit of work: what must change together, changes together.
@NullMarked
package io.magpie.core.store;

import org.jspecify.annotations.NullMarked;
