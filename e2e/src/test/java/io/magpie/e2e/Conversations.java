package io.magpie.e2e;

import io.magpie.e2e.harness.Person;

/// Conversation ids as clients compute them.
final class Conversations {
    private Conversations() {}

    static String direct(Person one, Person other) {
        return direct(one.id(), other.id());
    }

    static String direct(long one, long other) {
        return "d." + Math.min(one, other) + "." + Math.max(one, other);
    }
}
