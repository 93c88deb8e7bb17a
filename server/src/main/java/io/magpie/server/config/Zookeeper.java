package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `registry: zookeeper`.
public record Zookeeper(
        @Setting(
                value = "Servers of ZooKeeper, with the path below which `magpie` is kept if that is not the root.",
                pattern = "[^\\s,:/]+:\\d+(,[^\\s,:/]+:\\d+)*(/\\S+)?",
                expected = "addresses as in zk-1.example.com:2181,zk-2.example.com:2181/chat")
        @Nullable
        String connect) {}
