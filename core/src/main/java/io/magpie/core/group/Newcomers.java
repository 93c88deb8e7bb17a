package io.magpie.core.group;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.util.List;
import java.util.stream.Collectors;

/// Who may be brought into a group by somebody else, as seen within the transaction that does it.
final class Newcomers {
    private Newcomers() {}

    /// All of them exist.
    static Outcome<List<Long>> known(Transaction tx, List<Long> users) {
        var found = tx.on(Accounts.Edits.class).findAll(users).stream()
                .map(Account::id)
                .collect(Collectors.toSet());
        return users.stream()
                .filter(user -> !found.contains(user))
                .findFirst()
                .<Outcome<List<Long>>>map(user -> Outcome.rejected(ErrorCode.NOT_FOUND, "members: no user " + user))
                .orElseGet(() -> Outcome.done(users));
    }

    /// All of them exist, no block stands between any of them and `by`, and they are friends where the operator
    /// wants that.
    static Outcome<List<Long>> welcome(Transaction tx, long by, List<Long> users, boolean friendsOnly) {
        var contacts = tx.on(Contacts.Edits.class);
        return known(tx, users).then(all -> {
            for (long user : all) {
                var relation = contacts.relation(by, user);
                if (relation.blocks() || relation.blocked()) {
                    return Outcome.rejected(
                            ErrorCode.BLOCKED,
                            "members: " + (relation.blocks() ? "you have blocked " + user : user + " has blocked you"));
                }
                if (friendsOnly && !relation.friends()) {
                    return Outcome.rejected(ErrorCode.FORBIDDEN, "members: " + user + " is not your friend");
                }
            }
            return Outcome.done(all);
        });
    }
}
