/// Moves a store from one engine to another.
@NullMarked
package io.magpie.adapter.jdbc.move;

import org.jspecify.annotations.NullMarked;
