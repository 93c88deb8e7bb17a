/// How nodes speak to each other: `cluster.proto`, through its generated classes. Clients never see it.
@NullMarked
package io.magpie.protocol.cluster;

import org.jspecify.annotations.NullMarked;
