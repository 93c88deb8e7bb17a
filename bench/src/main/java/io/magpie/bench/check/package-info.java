/// Proofs from the clients' own records.
@NullMarked
package io.magpie.bench.check;

import org.jspecify.annotations.NullMarked;
