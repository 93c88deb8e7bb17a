/// Real server processes, real clients, faults.
@NullMarked
package io.magpie.e2e;

import org.jspecify.annotations.NullMarked;
