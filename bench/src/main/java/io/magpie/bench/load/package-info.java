/// Users, what they do, and what is counted.
@NullMarked
package io.magpie.bench.load;

import org.jspecify.annotations.NullMarked;
