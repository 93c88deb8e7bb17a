/// One node among others: what comes from them, and what their ends leave to do.
@NullMarked
package io.magpie.core.node;

import org.jspecify.annotations.NullMarked;
