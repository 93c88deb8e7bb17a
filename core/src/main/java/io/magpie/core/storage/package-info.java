/// Everything durable, opened together.
@NullMarked
package io.magpie.core.storage;

import org.jspecify.annotations.NullMarked;
