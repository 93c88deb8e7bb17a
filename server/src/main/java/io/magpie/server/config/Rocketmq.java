package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `bus: rocketmq`.
public record Rocketmq(
        @Setting(
                value = "Name servers of RocketMQ.",
                pattern = "[^\\s;:]+:\\d+(;[^\\s;:]+:\\d+)*",
                expected = "addresses as in rocketmq-1.example.com:9876;rocketmq-2.example.com:9876")
        @Nullable
        String nameServer,

        @Setting(
                value = "The topic of this cluster; made if it is missing and the brokers allow it.",
                initial = "magpie",
                pattern = "[0-9A-Za-z_-]{1,64}",
                expected = "1 to 64 letters, digits, dashes or underscores")
        String topic) {}
