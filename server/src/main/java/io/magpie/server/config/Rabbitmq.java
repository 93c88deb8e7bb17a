package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `bus: rabbitmq`.
public record Rabbitmq(
        @Setting(
                value =
                        "Where RabbitMQ is; `file:PATH` reads it from a file. Several clusters share a RabbitMQ by virtual "
                                + "hosts.",
                expected = "a URL as in amqp://user:password@rabbitmq.example.com:5672/vhost or amqps://…")
        @Nullable
        Secret url) {}
