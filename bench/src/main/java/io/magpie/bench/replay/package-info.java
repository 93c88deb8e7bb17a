/// Plays chat logs through a server and compares what arrived.
@NullMarked
package io.magpie.bench.replay;

import org.jspecify.annotations.NullMarked;
