@NullMarked
package io.magpie.protocol.cluster;

import org.jspecify.annotations.NullMarked;
