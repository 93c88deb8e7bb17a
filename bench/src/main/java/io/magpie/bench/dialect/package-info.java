/// How the servers under load are spoken to.
@NullMarked
package io.magpie.bench.dialect;

import org.jspecify.annotations.NullMarked;
