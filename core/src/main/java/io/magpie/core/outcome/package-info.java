/// The answers of the server: an expected refusal is a value with a code, a fault is an exception.
@NullMarked
package io.magpie.core.outcome;

import org.jspecify.annotations.NullMarked;
