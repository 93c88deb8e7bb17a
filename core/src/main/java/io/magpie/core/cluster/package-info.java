/// Many nodes, one service: bus, directory, registry. The embedded adapters know one node.
@NullMarked
package io.magpie.core.cluster;

import org.jspecify.annotations.NullMarked;
