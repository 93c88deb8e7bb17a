/// Which store the settings choose.
@NullMarked
package io.magpie.server.store;

import org.jspecify.annotations.NullMarked;
