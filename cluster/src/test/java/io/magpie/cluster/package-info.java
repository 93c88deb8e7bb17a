@NullMarked
package io.magpie.cluster;

import org.jspecify.annotations.NullMarked;
