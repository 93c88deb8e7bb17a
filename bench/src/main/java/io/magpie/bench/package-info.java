/// The commands `bench`, `replay` and `verify`.
@NullMarked
package io.magpie.bench;

import org.jspecify.annotations.NullMarked;
