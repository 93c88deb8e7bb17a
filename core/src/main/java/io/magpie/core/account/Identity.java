package io.magpie.core.account;

import org.jspecify.annotations.Nullable;

/// A person as the operator's identity provider knows it.
///
/// @param subject unique and stable there
/// @param name null if the provider does not say
/// @param picture a URL; null if the provider does not say
public record Identity(
        String subject, @Nullable String name, @Nullable String picture) {
    public static final int MAX_SUBJECT_BYTES = 255;
}
