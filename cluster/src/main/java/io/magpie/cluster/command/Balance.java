package io.magpie.cluster.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How nginx chooses a node; the files of `deploy/nginx/` by name.
enum Balance {
    LEAST_CONN,
    IP_HASH,
    USER_HASH;

    static Balance of(String id) {
        return Arrays.stream(values())
                .filter(balance -> balance.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--nginx: " + id + " (expected: " + ids() + ")"));
    }

    static String ids() {
        return Arrays.stream(values()).map(Balance::id).collect(Collectors.joining(", "));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
