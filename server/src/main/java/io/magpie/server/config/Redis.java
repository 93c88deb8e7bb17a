package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For those of `bus`, `directory` and `registry` that are `redis`.
public record Redis(
        @Setting(
                value = "Where Redis is; nothing it holds is needed after a restart of it. `file:PATH` reads it from a "
                        + "file. Sentinel is `redis-sentinel://HOST:PORT/DATABASE#MASTER`.",
                expected = "a URL as in redis://user:password@redis.example.com:6379 or rediss://…")
        @Nullable
        Secret url,

        @Setting(
                value = "What all keys and channels begin with, so that several clusters may share a Redis.",
                initial = "magpie:",
                pattern = "[0-9A-Za-z:._-]{1,64}",
                expected = "1 to 64 letters, digits, colons, dots, dashes or underscores")
        String prefix) {}
