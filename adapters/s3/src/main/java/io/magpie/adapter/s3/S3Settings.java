package io.magpie.adapter.s3;

import org.jspecify.annotations.Nullable;

/// Where the bucket is and who opens it.
///
/// @param endpoint null for Amazon's own of the region
/// @param accessKey null for what the machine offers: environment, profile, role
/// @param pathStyle whether the bucket is named in the path instead of the host
public record S3Settings(
        @Nullable String endpoint,
        String region,
        String bucket,
        @Nullable String accessKey,
        @Nullable String secretKey,
        boolean pathStyle) {
    @Override
    public String toString() {
        return "S3Settings[" + endpoint + ", " + region + ", " + bucket + "]";
    }
}
