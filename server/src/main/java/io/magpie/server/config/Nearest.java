package io.magpie.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Did you mean …?
final class Nearest {
    private Nearest() {}

    /// The name that was probably meant, if one is close enough.
    static Optional<String> to(String written, Collection<String> names) {
        String plain = plain(written);
        return names.stream()
                .filter(name -> distance(plain, plain(name)) <= Math.max(1, plain.length() / 4)
                        || last(name).equals(plain))
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static String last(String name) {
        return plain(name.substring(name.lastIndexOf('.') + 1));
    }

    /// Levenshtein's: how many letters to add, drop or change.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
