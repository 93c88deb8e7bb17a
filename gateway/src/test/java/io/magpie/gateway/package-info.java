@NullMarked
package io.magpie.gateway;

import org.jspecify.annotations.NullMarked;
