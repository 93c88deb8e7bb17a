package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// The bucket of `files: s3`.
public record S3(
        @Setting(
                value = "The address of the server, as in `https://minio.example.com:9000`; without it Amazon's own.",
                pattern = "https?://[^/\\s]+/?",
                expected = "a URL as in https://minio.example.com:9000")
        @Nullable
        String endpoint,

        @Setting(value = "The region of the bucket.", initial = "us-east-1", pattern = "[0-9a-z-]{1,64}")
        String region,

        @Setting(
                value = "The bucket; it must be there.",
                pattern = "[0-9a-z][0-9a-z.-]{1,61}[0-9a-z]",
                expected = "the name of a bucket")
        @Nullable
        String bucket,

        @Setting("The access key; without it what the machine offers counts: environment, profile, role.") @Nullable
        String accessKey,

        @Setting("The secret of `accessKey`; `file:PATH` reads it from a file.") @Nullable
        Secret secretKey,

        @Setting(
                value =
                        "Whether the bucket is named in the path, as most servers but Amazon's want it, or in the host.",
                initial = "true")
        boolean pathStyle) {}
