/// Connections from the client's side, as cheap as they can be made: the load shares its cores with the server.
@NullMarked
package io.magpie.bench.wire;

import org.jspecify.annotations.NullMarked;
