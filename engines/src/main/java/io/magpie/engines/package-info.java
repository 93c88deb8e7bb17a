/// Starts the engines operators run, as child processes on this machine: for tests, for `./magpie engines` and for
/// clusters on a laptop.
@NullMarked
package io.magpie.engines;

import org.jspecify.annotations.NullMarked;
