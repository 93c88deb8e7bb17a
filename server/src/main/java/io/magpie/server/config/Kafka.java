package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `bus: kafka`.
public record Kafka(
        @Setting(
                value =
                        "Brokers of Kafka to begin with. The server makes a topic per node and deletes those of dead ones.",
                pattern = "[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*",
                expected = "addresses as in kafka-1.example.com:9092,kafka-2.example.com:9092")
        @Nullable
        String servers,

        @Setting(
                value = "What the topics begin with, so that several clusters may share a Kafka.",
                initial = "magpie.",
                pattern = "[0-9A-Za-z._-]{1,64}",
                expected = "1 to 64 letters, digits, dots, dashes or underscores")
        String prefix) {}
