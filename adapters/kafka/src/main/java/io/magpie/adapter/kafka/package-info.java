/// The bus between nodes on Kafka.
@NullMarked
package io.magpie.adapter.kafka;

import org.jspecify.annotations.NullMarked;
