/// What a client may ask, what the server answers and pushes, and the one switch between.
@NullMarked
package io.magpie.core.command;

import org.jspecify.annotations.NullMarked;
