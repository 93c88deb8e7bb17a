/// The bus between nodes on RabbitMQ.
@NullMarked
package io.magpie.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
