/// Finding messages by their words.
@NullMarked
package io.magpie.core.search;

import org.jspecify.annotations.NullMarked;
