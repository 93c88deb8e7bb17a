/// Microbenchmarks of what a message costs, piece by piece. `./magpie bench jmh`; no test runs them.
@NullMarked
package io.magpie.bench.jmh;

import org.jspecify.annotations.NullMarked;
