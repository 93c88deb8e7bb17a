/// The servers under load, as processes.
@NullMarked
package io.magpie.bench.target;

import org.jspecify.annotations.NullMarked;
