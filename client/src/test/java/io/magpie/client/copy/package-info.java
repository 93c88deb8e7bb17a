@NullMarked
package io.magpie.client.copy;

import org.jspecify.annotations.NullMarked;
