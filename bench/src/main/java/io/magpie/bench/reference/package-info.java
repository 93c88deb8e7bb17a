/// Servers to compare with. Each runs in a process of its own.
@NullMarked
package io.magpie.bench.reference;

import org.jspecify.annotations.NullMarked;
