/// The people of a run: their devices, what they do, and how it ends.
@NullMarked
package io.magpie.bench.verify.run;

import org.jspecify.annotations.NullMarked;
