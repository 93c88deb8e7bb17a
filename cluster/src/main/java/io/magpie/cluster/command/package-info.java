/// `./magpie cluster`: nodes, engines and nginx on one machine, and how they do.
@NullMarked
package io.magpie.cluster.command;

import org.jspecify.annotations.NullMarked;
