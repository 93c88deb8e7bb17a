/// What must hold of a history, as functions of it.
@NullMarked
package io.magpie.bench.verify.check;

import org.jspecify.annotations.NullMarked;
