package io.magpie.core.account;

import io.magpie.core.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/// Port: hashes passwords with a memory-hard function. Costly on purpose and so bounded in how many run at once:
/// beyond the bound a call waits, and in the end is rejected `unavailable`. Blocks; never within a transaction.
public interface PasswordHash {
    /// A text to store: salted, and saying how it was made.
    Outcome<String> hash(String password);

    /// Whether `stored` was made from the password. With null the answer is false after the same work, so that time
    /// does not tell whether there is something to compare with.
    Outcome<Boolean> matches(String password, @Nullable String stored);
}
