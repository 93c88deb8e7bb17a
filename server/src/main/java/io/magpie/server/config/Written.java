package io.magpie.server.config;

import java.util.List;
import java.util.Map;

/// A value as somebody wrote it, before it has a type, with the place where it stands.
sealed interface Written {
    String place();

    /// @param text without the quotes of YAML
    record Text(String text, String place) implements Written {}

    record Items(List<Written> items, String place) implements Written {}

    record Fields(Map<String, Written> fields, String place) implements Written {}
}
