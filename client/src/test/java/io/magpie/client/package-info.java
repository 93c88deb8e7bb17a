@NullMarked
package io.magpie.client;

import org.jspecify.annotations.NullMarked;
