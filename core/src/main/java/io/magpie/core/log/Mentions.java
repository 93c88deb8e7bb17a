package io.magpie.core.log;

import java.util.List;

/// Who a message calls by name: everybody, these users, or nobody.
public record Mentions(boolean all, List<Long> users) {
    public static final Mentions NONE = new Mentions(false, List.of());
    public static final Mentions ALL = new Mentions(true, List.of());

    public boolean isEmpty() {
        return !all && users.isEmpty();
    }

    public boolean includes(long user) {
        return all || users.contains(user);
    }
}
