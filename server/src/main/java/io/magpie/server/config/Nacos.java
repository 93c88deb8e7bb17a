package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `registry: nacos`.
public record Nacos(
        @Setting(
                value = "Servers of Nacos 3; its HTTP API for clients is spoken.",
                pattern = "[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*",
                expected = "addresses as in nacos-1.example.com:8848,nacos-2.example.com:8848")
        @Nullable
        String server,

        @Setting(value = "The namespace of the service.", initial = "public")
        String namespace,

        @Setting(value = "The group of the service.", initial = "DEFAULT_GROUP")
        String group,

        @Setting(value = "The service whose instances are the nodes of this cluster.", initial = "magpie")
        String service,

        @Setting("Who the server logs in as, if Nacos asks.") @Nullable
        String user,

        @Setting("The user's password; `file:PATH` reads it from a file.") @Nullable
        Secret password) {}
