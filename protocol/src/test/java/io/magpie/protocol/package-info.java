@NullMarked
package io.magpie.protocol;

import org.jspecify.annotations.NullMarked;
