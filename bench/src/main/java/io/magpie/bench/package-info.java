/// The commands `bench` and `replay`.
@NullMarked
package io.magpie.bench;

import org.jspecify.annotations.NullMarked;
