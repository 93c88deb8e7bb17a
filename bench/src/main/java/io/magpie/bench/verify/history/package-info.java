/// What happened in a run, as the devices saw it.
@NullMarked
package io.magpie.bench.verify.history;

import org.jspecify.annotations.NullMarked;
