/// Several nodes and the engines they stand on, as processes of one machine.
@NullMarked
package io.magpie.cluster;

import org.jspecify.annotations.NullMarked;
