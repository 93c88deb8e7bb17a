/// What passes between clients and servers, whatever form it has on the wire: the [Codec] and what it hands out.
@NullMarked
package io.magpie.protocol;

import org.jspecify.annotations.NullMarked;
