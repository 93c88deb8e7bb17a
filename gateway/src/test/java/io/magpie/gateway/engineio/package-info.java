@NullMarked
package io.magpie.gateway.engineio;

import org.jspecify.annotations.NullMarked;
