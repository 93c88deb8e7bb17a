package io.magpie.bench.replay;

import java.nio.charset.StandardCharsets;

/// Turns nicks into names of users. Nicks hold what names may not (`[Saint]`, `Assassin``) and may differ in nothing
/// but their case.
final class Subjects {
    private Subjects() {}

    /// Letters in lower case, digits and dashes only; different for different nicks.
    static String of(String nick) {
        StringBuilder name = new StringBuilder("irc-");
        for (byte b : nick.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.append(c);
            } else {
                name.append('-').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return name.toString();
    }
}
