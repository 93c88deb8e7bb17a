package io.magpie.server.http;

/// Who may look something up: a user, or a back end as itself. A controller that takes one is for authenticated
/// requests only.
///
/// @param user 0 for a back end as itself
public record Reader(long user, boolean backEnd) {
    boolean itself() {
        return user == 0;
    }
}
