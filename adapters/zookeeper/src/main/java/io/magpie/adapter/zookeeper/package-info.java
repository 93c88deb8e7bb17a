/// The registry of nodes on ZooKeeper.
@NullMarked
package io.magpie.adapter.zookeeper;

import org.jspecify.annotations.NullMarked;
