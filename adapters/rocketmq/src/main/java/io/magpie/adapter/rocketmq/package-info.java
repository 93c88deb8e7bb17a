/// The bus between nodes on RocketMQ.
@NullMarked
package io.magpie.adapter.rocketmq;

import org.jspecify.annotations.NullMarked;
